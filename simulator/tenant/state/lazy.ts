type Makers<T> = { [Key in keyof T]: () => T[Key] };

/** An object whose properties are made when they are first read. Assigning to one replaces it, read or not. */
export function lazy<T extends object>(makers: Makers<T>): T {
	const target = {} as T;
	for (const key of Object.keys(makers) as Array<keyof T>) {
		const define = (owner: object, value: T[keyof T]): void => {
			Object.defineProperty(owner, key, {
				value,
				writable: true,
				enumerable: true,
				configurable: true,
			});
		};
		Object.defineProperty(target, key, {
			get(this: object) {
				const value = makers[key]();
				define(this, value);
				return value;
			},
			set(this: object, value: T[keyof T]) {
				define(this, value);
			},
			enumerable: true,
			configurable: true,
		});
	}
	return target;
}

/** `Object.assign` that reads nothing: what `source` has not made yet, `target` makes when it is read. */
export function assignLazily<T extends object, S extends object>(target: T, source: S): T & S {
	return Object.defineProperties(target, Object.getOwnPropertyDescriptors(source)) as T & S;
}
