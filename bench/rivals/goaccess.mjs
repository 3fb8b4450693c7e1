// Prints status, hits and bytes of a GoAccess report as CSV: node goaccess.mjs REPORT.json
import { readFileSync } from "node:fs";

const [path] = process.argv.slice(2);
const report = JSON.parse(readFileSync(path, "utf8"));
const statuses = report.status_codes.data.flatMap(group => group.items ?? [group]);
for (const status of statuses) {
  process.stdout.write(`${parseInt(status.data, 10)},${status.hits.count},${status.bytes?.count ?? 0}\n`);
}
