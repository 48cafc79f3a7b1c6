// For the tests, which are TypeScript.
export declare function buildTsPlugin(folder: string, version: string): Promise<void>;
