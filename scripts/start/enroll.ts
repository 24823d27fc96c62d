/** The command that enrolls one more Mac in a simulated tenant. */
export const enrollCommand = (tenantUrl: string): string =>
	`curl --json '{"op":"addDevice","fields":{"platform":"Mac"}}' ${tenantUrl}/_control/mutate`;
