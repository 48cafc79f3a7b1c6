import { type Disposable, window } from "vscode";
import type { NotebookSession } from "../session/notebookSession.ts";
import type { Sessions } from "../session/sessions.ts";

const RESTART = "Restart Kernel";

/** An engine that ended by itself: says why and offers a new one. */
export function noticeCrashes(sessions: Sessions): Disposable {
  return sessions.onCreated((session) => {
    session.onState(({ phase, reason }) => {
      if (phase === "ended") void offerRestart(session, reason);
    });
  });
}

async function offerRestart(
  session: NotebookSession,
  reason = "The kernel has ended",
): Promise<void> {
  const answer = await window.showErrorMessage(reason, RESTART);
  if (answer === RESTART) await session.restart();
}
