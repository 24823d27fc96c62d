import { PackageDirectoryLoader, RoutingNode } from 'n8n-core';
import {
	NodeConnectionTypes,
	NodeHelpers,
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';

import { packageFolder, startHost } from './host';
import { standInNodeTypes } from './standIns';

/** The built package as n8n sees it after `npm install`. */
export interface LoadedPackage {
	loader: PackageDirectoryLoader;
	/** `n8n-nodes-kandji`: node types are named `<name>.<node>`. */
	name: string;
	nodeTypes: INodeTypes;
}

/** n8n gives every declarative node this `execute` when it looks the type up. */
function withExecute(nodeType: INodeType): INodeType {
	const isDeclarative = nodeType.description.requestDefaults !== undefined;
	if (isDeclarative && !nodeType.execute && !nodeType.poll && !nodeType.trigger) {
		nodeType.execute = async function (this: IExecuteFunctions) {
			const data = await new RoutingNode(
				this as ConstructorParameters<typeof RoutingNode>[0],
				nodeType,
			).runNode();
			return data ?? [];
		};
	}
	return nodeType;
}

/** The type that n8n makes of a node for AI agents. It runs with the description of the node itself. */
function asTool(nodeType: INodeType): INodeType {
	const { description } = nodeType;
	const hasOwnDescription = description.properties.some(({ name }) => name === 'toolDescription');
	const own: INodeProperties[] = [
		{ displayName: 'Tool Description', name: 'descriptionType', type: 'options', default: 'auto' },
		{
			displayName: 'Description',
			name: 'toolDescription',
			type: 'string',
			default: description.description,
			displayOptions: { show: { descriptionType: ['manual'] } },
		},
	];
	return Object.create(nodeType, {
		description: {
			value: {
				...description,
				name: `${description.name}Tool`,
				displayName: `${description.displayName} Tool`,
				inputs: [],
				outputs: [NodeConnectionTypes.AiTool],
				usableAsTool: undefined,
				properties: [...(hasOwnDescription ? [] : own), ...description.properties],
			},
		},
	}) as INodeType;
}

class PackageNodeTypes implements INodeTypes {
	private readonly tools = new Map<string, INodeType>();

	constructor(private readonly loader: PackageDirectoryLoader) {}

	getByName(type: string): INodeType | IVersionedNodeType {
		const standIn = standInNodeTypes[type];
		if (standIn) return standIn;
		const prefix = `${this.loader.packageName}.`;
		if (!type.startsWith(prefix)) {
			throw new UserError(
				`The engine in process has no node type "${type}", only this package's and ${Object.keys(standInNodeTypes).join(', ')}`,
			);
		}
		return this.loader.getNode(type.slice(prefix.length)).type;
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		const known = this.tools.get(type);
		if (known !== undefined) return known;
		const plain = withExecute(
			NodeHelpers.getVersionedNodeType(this.getByName(type.replace(/Tool$/, '')), version),
		);
		if (!type.endsWith('Tool')) return plain;
		const tool = asTool(plain);
		this.tools.set(type, tool);
		return tool;
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}

async function load(folder: string): Promise<LoadedPackage> {
	await startHost();
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	return { loader, name: loader.packageName, nodeTypes: new PackageNodeTypes(loader) };
}

let loaded: Promise<LoadedPackage> | undefined;

/**
 * Loads the checkout's package.json and dist with n8n-core's own loader; once in a process.
 *
 * @throws when dist is missing or a class in it cannot be made: run `npm run build` first
 */
export async function loadPackage(): Promise<LoadedPackage> {
	loaded ??= load(packageFolder);
	return await loaded;
}

/**
 * A node type of the package with its description, as n8n hands it to the editor.
 *
 * @param node the node's own name: `kandji`, `kandjiTrigger`
 */
export async function loadNodeType(node = 'kandji'): Promise<INodeType> {
	const { name, nodeTypes } = await loadPackage();
	return nodeTypes.getByNameAndVersion(`${name}.${node}`);
}
