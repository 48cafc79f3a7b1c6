/** A size for people, in decimal units as disks and downloads are sold: "2.4 MB", "612 MB", "1.53 GB". */
export function byteText(bytes: number): string {
  if (bytes >= 999.5e6) return `${(bytes / 1e9).toFixed(2)} GB`;
  return `${(bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0)} MB`;
}
