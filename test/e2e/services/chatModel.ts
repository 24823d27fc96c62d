import { startService, type Service } from './service';

/** What a model answers: text, or the call of a tool. */
export type ModelAnswer = { say: string } | { call: string; args: Record<string, unknown> };

/** Makes an answer of what the last tool returned; "" if none has been called since the question. */
export type Turn = (result: string) => ModelAnswer | Promise<ModelAnswer>;

interface Message {
	role: string;
	content: string | null;
}

interface CompletionRequest {
	model: string;
	messages: Message[];
	tools?: Array<{ function: { name: string } }>;
}

/** A chat model that answers as the test says, behind OpenAI's API. */
export interface ChatModel extends Service {
	/** As the credential has it. */
	baseUrl: string;
	/** Its next answers, in this order; a request beyond them fails. */
	turns: Turn[];
	/** Names of the tools that it was offered last. */
	tools: () => string[];
	/** All that was sent to it. */
	told: () => string;
}

/** Starts a stand-in for a server that speaks OpenAI's API, without streaming. */
export async function startChatModel(): Promise<ChatModel> {
	const turns: Turn[] = [];
	let offered: string[] = [];
	let answers = 0;
	const service = await startService('chat-model-token', (app) => {
		app.post<{ Body: CompletionRequest }>('/v1/chat/completions', async ({ body }, reply) => {
			offered = (body.tools ?? []).map((tool) => tool.function.name);
			const turn = turns.shift();
			if (turn === undefined) {
				return await reply.code(400).send({ error: { message: 'The test has no turn left' } });
			}
			const last = body.messages.at(-1);
			const answer = await turn(last?.role === 'tool' ? (last.content ?? '') : '');
			const id = String(++answers);
			const message =
				'say' in answer
					? { content: answer.say }
					: {
							content: null,
							tool_calls: [
								{
									id: `call-${id}`,
									type: 'function',
									function: { name: answer.call, arguments: JSON.stringify(answer.args) },
								},
							],
						};
			return {
				id: `answer-${id}`,
				object: 'chat.completion',
				created: 0,
				model: body.model,
				choices: [
					{
						index: 0,
						message: { role: 'assistant', ...message },
						finish_reason: 'say' in answer ? 'stop' : 'tool_calls',
					},
				],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			};
		});
	});
	return {
		...service,
		baseUrl: `${service.url}/v1`,
		turns,
		tools: () => offered,
		told: () => JSON.stringify(service.received.map(({ body }) => body)),
	};
}
