// Runs one query in ClickHouse (chdb) and prints the rows as CSV: node clickhouse.mjs SQL
import { query } from "chdb";

const [sql] = process.argv.slice(2);
process.stdout.write(query(sql, "CSV"));
