// What front doors see of a session.
export type { LiveName, LiveRequests } from "./live.ts";
export type {
  Bundle,
  CellError,
  Completions,
  EngineEvent,
  ErrorFrame,
  Inspection,
  VariableInfo,
} from "./protocol.ts";
export {
  type EngineInfo,
  type ExecutionStatus,
  type Outcome,
  type SessionEvent,
  Supervisor,
  type SupervisorOptions,
} from "./supervisor.ts";
