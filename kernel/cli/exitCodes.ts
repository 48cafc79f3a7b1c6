/** What `mulan` ends with; `mulan --help` lists them. */
export const exitCodes = {
  ok: 0,
  /** A cell failed, or some files could not be used (the others were). */
  partFailed: 1,
  /** The command line itself was wrong. */
  usage: 2,
  /** Nothing could be done: no such file, not a notebook, a broken model, a missing device. */
  failed: 3,
  /** Ctrl+C. */
  interrupted: 130,
  /** SIGTERM: a time limit, or the machine goes down. */
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodesHelp = `
Exit codes:
  0    done
  1    a cell failed, or some files could not be used (the others were)
  2    the command line was wrong
  3    nothing could be done (no such file, not a notebook, broken model, missing device)
  130  interrupted
  143  told to end (SIGTERM)`;
