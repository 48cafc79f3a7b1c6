/** A secret goes over https, or to this machine itself; never in the clear over a network. */
export function maySendToken({ protocol, hostname }: URL): boolean {
  if (protocol === "https:") return true;
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
