// Packs for this machine into the folder that is named, and says only where the .vsix is: the tests call this.
import { makeVsix } from "./makeVsix.mjs";
import { hostTarget } from "./targets.mjs";

const { path } = await makeVsix({ target: hostTarget, outFolder: process.argv[2] });
console.log(path);
