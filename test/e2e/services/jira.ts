import { startService, type Service } from './service';

/** An issue as Jira keeps it; the fields that matter here. */
export interface Issue {
	id: string;
	key: string;
	/** Done no longer counts as open. */
	done?: boolean;
	fields: {
		summary: string;
		description?: string;
		labels: string[];
		project: { id: string };
		issuetype: { id: string };
		priority?: { id: string };
	};
}

/** Jira Cloud with one project. */
export interface Jira extends Service {
	issues: Issue[];
	/** What n8n's credential for Jira Cloud holds. */
	account: { email: string; apiToken: string; domain: string };
	project: string;
	issueType: string;
	/** The summary that no issue may have, to let one fail. */
	refused?: string;
}

const PROJECT = '10000';
const ISSUE_TYPES = [
	{ id: '10002', name: 'Task', subtask: false },
	{ id: '10003', name: 'Sub-task', subtask: true },
];
const PRIORITIES = ['1', '2', '3', '4', '5'];
/** Issues on a page at most; less than n8n asks for. */
const PAGE = 50;

/** What Jira says about a new issue that it does not take, by field. */
function problemsOf({ summary, labels = [], ...fields }: Partial<Issue['fields']>) {
	const problems: Record<string, string> = {};
	if (!summary) problems.summary = 'You must specify a summary of the issue.';
	else if (summary.length > 255) problems.summary = "Summary can't exceed 255 characters.";
	else if (summary.includes('\n')) problems.summary = 'The summary must not contain newlines.';
	if (labels.some((label) => /\s/.test(label) || label.length > 255)) {
		problems.labels = "The label can't contain spaces.";
	}
	if (fields.project?.id !== PROJECT) problems.project = 'Specify a valid project ID or key';
	if (!ISSUE_TYPES.some(({ id }) => id === fields.issuetype?.id)) {
		problems.issuetype = 'Specify a valid issue type';
	}
	if (fields.priority && !PRIORITIES.includes(fields.priority.id)) {
		problems.priority = 'Specify a valid priority';
	}
	return problems;
}

/** Jira Cloud's search by one label and whether an issue is done, and the creation of issues. */
export async function startJira(): Promise<Jira> {
	const issues: Issue[] = [];
	const jira: Pick<Jira, 'refused'> = {};
	const email = 'it@acme.example';
	const apiToken = 'jira-api-token';
	const basic = `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`;
	const service = await startService(
		apiToken,
		(app) => {
			app.post<{ Body: { jql: string; fields?: string[]; nextPageToken?: string } }>(
				'/rest/api/2/search/jql',
				async ({ body }, reply) => {
					const [, label, isOpen] =
						/^labels = ([\w-]+)( AND statusCategory != Done)?$/.exec(body.jql) ?? [];
					if (label === undefined) {
						return await reply.code(400).send({ errorMessages: [`Error in JQL: ${body.jql}`] });
					}
					const found = issues.filter(
						({ fields, done }) =>
							fields.labels.includes(label) && !(isOpen !== undefined && done === true),
					);
					const start = Number(body.nextPageToken ?? 0);
					const end = start + PAGE;
					const asked = ({ fields }: Issue) =>
						Object.fromEntries(
							Object.entries(fields).filter(([name]) => body.fields?.includes(name)),
						);
					return {
						issues: found
							.slice(start, end)
							.map((issue) => ({ id: issue.id, key: issue.key, fields: asked(issue) })),
						...(end < found.length ? { nextPageToken: String(end) } : { isLast: true }),
					};
				},
			);
			app.get('/rest/api/2/issuetype', () => ISSUE_TYPES);
			app.post<{ Body: { fields: Issue['fields'] } }>(
				'/rest/api/2/issue',
				async ({ body: { fields } }, reply) => {
					const errors = problemsOf(fields);
					if (jira.refused !== undefined && fields.summary === jira.refused) {
						errors.summary = 'This summary is refused.';
					}
					if (Object.keys(errors).length > 0) {
						return await reply.code(400).send({ errorMessages: [], errors });
					}
					const id = String(10_001 + issues.length);
					const issue = { id, key: `IT-${issues.length + 1}`, fields };
					issues.push(issue);
					const self = `${service.url}/rest/api/2/issue/${id}`;
					return await reply.code(201).send({ id, key: issue.key, self });
				},
			);
		},
		({ headers }) => headers.authorization === basic,
	);
	return Object.assign(jira, service, {
		issues,
		account: { email, apiToken, domain: service.url },
		project: PROJECT,
		issueType: ISSUE_TYPES[0]!.id,
	});
}

/** What somebody enters in an example for this Jira: the credential, and the project of the node that opens tickets. */
export const jiraChanges = ({ account, project, issueType }: Jira) => ({
	credentials: { 'Jira Cloud': { type: 'jiraSoftwareCloudApi', data: account } },
	nodes: {
		'Open ticket': {
			parameters: {
				project: { __rl: true as const, mode: 'id', value: project },
				issueType: { __rl: true as const, mode: 'id', value: issueType },
			},
		},
	},
});
