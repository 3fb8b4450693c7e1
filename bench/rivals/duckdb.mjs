// Runs one query in DuckDB and prints the rows as CSV: node duckdb.mjs SQL
import { DuckDBInstance } from "@duckdb/node-api";

const [sql] = process.argv.slice(2);
const instance = await DuckDBInstance.create();
const connection = await instance.connect();
const result = await connection.runAndReadAll(sql);
process.stdout.write(result.getRowsJson().map(row => row.join(",") + "\n").join(""));
