import { startService, type Service } from './service';

/** A message in a channel. */
export interface Post {
	channel_id: string;
	message: string;
}

/** Mattermost with one channel. */
export interface Mattermost extends Service {
	posts: Post[];
	channel: string;
}

/** Mattermost's creation of posts. */
export async function startMattermost(): Promise<Mattermost> {
	const posts: Post[] = [];
	const channel = '4xp9fdt77pncbef59f4k1qe83o';
	const service = await startService('mattermost-token', (app) => {
		app.post<{ Body: Post }>('/api/v4/posts', async ({ body }, reply) => {
			if (body.channel_id !== channel) {
				const message = 'You do not have the appropriate permissions.';
				return await reply.code(403).send({ message, status_code: 403 });
			}
			if (!body.message) {
				return await reply.code(400).send({ message: 'Invalid message.', status_code: 400 });
			}
			posts.push(body);
			return await reply.code(201).send({ id: `post-${posts.length}`, ...body });
		});
	});
	return { ...service, posts, channel };
}

/** What somebody enters in an example for this Mattermost: the credential, and the channel of the node that posts. */
export const mattermostChanges = ({ url, token, channel }: Mattermost) => ({
	credentials: {
		Mattermost: { type: 'mattermostApi', data: { baseUrl: url, accessToken: token } },
	},
	nodes: { 'Post message': { parameters: { channelId: channel } } },
});
