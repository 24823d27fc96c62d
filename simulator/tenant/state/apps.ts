/** An application that devices have installed. */
export interface InstalledApp {
	name: string;
	bundle: string;
	version: string;
	team: string;
	developer: string;
	apple: boolean;
}

const app = (
	name: string,
	bundle: string,
	version: string,
	developer = 'Apple',
	team = '',
): InstalledApp => ({ name, bundle, version, developer, team, apple: developer === 'Apple' });

export const MAC_APPS: readonly InstalledApp[] = [
	app('Safari', 'com.apple.Safari', '18.6'),
	app('Mail', 'com.apple.mail', '16.0'),
	app('Activity Monitor', 'com.apple.ActivityMonitor', '10.14'),
	app('Books', 'com.apple.iBooksX', '5.2'),
	app('Google Chrome', 'com.google.Chrome', '139.0.7258.67', 'Google LLC', 'EQHXZ8M8AV'),
	app('Firefox', 'org.mozilla.firefox', '141.0.3', 'Mozilla Corporation', '43AQ936H96'),
	app('Slack', 'com.tinyspeck.slackmacgap', '4.45.60', 'Slack Technologies', 'BQR82RBBHL'),
	app('zoom.us', 'us.zoom.xos', '6.5.3', 'Zoom Video Communications', 'BJ4HAAB9B3'),
	app('1Password', 'com.1password.1password', '8.11.4', 'AgileBits Inc.', '2BUA8C4S2C'),
	app('Okta Verify', 'com.okta.mobile', '9.47', 'Okta, Inc.', 'B7F62B65BN'),
	app('Visual Studio Code', 'com.microsoft.VSCode', '1.103.1', 'Microsoft', 'UBF8T346G9'),
	app('Kandji Agent', 'io.kandji.KandjiAgent', '4.5.9', 'Kandji, Inc.', 'P3FGV63VK7'),
];

export const MOBILE_APPS: readonly InstalledApp[] = [
	app('Okta Verify', 'com.okta.mobile', '9.47', 'Okta, Inc.'),
	app('Slack', 'com.tinyspeck.chatlyio', '25.08.10', 'Slack Technologies'),
	app('Outlook', 'com.microsoft.Office.Outlook', '4.2530.0', 'Microsoft'),
];

export const WINDOWS_APPS: readonly InstalledApp[] = [
	app('Copilot', 'Microsoft.Copilot', '1.25095.161.0', 'Microsoft Corporation'),
	app('Git', 'Git', '2.51.0', 'The Git Development Community'),
	app('Google Chrome', 'Google Chrome', '141.0.7390.66', 'Google LLC'),
];

export const ANDROID_APPS: readonly InstalledApp[] = [
	app('Google Play Store', 'com.android.vending', '48.2.19-31', 'Google LLC'),
	app('Slack', 'com.Slack', '25.10.10.0', 'Slack Technologies'),
];
