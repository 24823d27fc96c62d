/** What the people and the blueprints of the tenant are made of. All invented. */

export const FIRST_NAMES =
	'Ana Ben Chloé Dmitri Elena Fatima Grace Hiro Isla José Kwame Lena Mateo Nadia Omar Priya Quinn Rosa Søren Tariq Uma Viktor Wanjiru Ximena Yusuf Zoë Aiko Bruno Carmen Deniz Emeka Freya Gustav Hana Ivan Jana Kofi Linh Marek Noor'.split(
		' ',
	);

export const LAST_NAMES =
	"O'Neill Fernández Kowalski Nguyen Okafor Tanaka Andersson Rossi Dubois Schmidt Silva Kim Patel Haddad Novak Larsen Mendoza Abara Weiss Ivanova Costa Murphy Yılmaz Chen Jones Mwangi Brown Horvat Petit Suzuki Moreau Lindqvist Ricci Farah Baker Osei Bauer Reyes Sato".split(
		' ',
	);

export const DEPARTMENTS = 'Engineering Sales Finance People Legal Support IT'.split(' ');
export const JOB_TITLES = 'Manager Engineer Analyst Specialist Director Coordinator'.split(' ');

export const BLUEPRINTS = [
	{ name: 'All Staff', type: 'classic', color: 'aqua-800', icon: 'ss-files' },
	{ name: 'Engineering', type: 'map', color: 'orange-500', icon: 'ss-laptop' },
	{ name: 'Sales', type: 'classic', color: 'green-600', icon: 'ss-phone' },
	{ name: 'Executives', type: 'classic', color: 'purple-700', icon: 'ss-star' },
	{ name: 'iPhone and iPad', type: 'classic', color: 'blue-500', icon: 'ss-ipad' },
	{ name: 'Meeting Rooms', type: 'classic', color: 'grey-500', icon: 'ss-desktop' },
	{ name: 'Windows and Android', type: 'map', color: 'aqua-500', icon: 'ss-window' },
	{ name: '_testing', type: 'classic', color: 'red-500', icon: 'ss-paintdisabled' },
] as const;

export const TAGS =
	'remote,office-berlin,office-lisbon,loaner,vip,contractor,beta,kiosk,Replace 2026,éxperiment,accuhive_01,accuhive_02'.split(
		',',
	);
