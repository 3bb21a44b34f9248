// PostGraphile over the benchmark's database, as its documentation sets it up for production.
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

export default {
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: process.env.BENCH_URL,
      schemas: ["public"],
      poolConfig: { max: Number(process.env.BENCH_CONNECTIONS) },
    }),
  ],
  grafserv: { host: "127.0.0.1", port: Number(process.env.BENCH_PORT), watch: false, graphiql: false },
  grafast: { explain: false },
};
