// Where an engine finds its pipes. Apart from protocol.ts, because the engine starts faster without zod.
export const EVENTS_FD = 3;
export const COMMANDS_FD = 4;
export const INTERRUPTS_FD = 5;
