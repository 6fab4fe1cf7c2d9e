import type { Sample } from "../../contract/provider.js";

const tableReference = "demo.quick_start:q5ck:next.people:pe0p";

/** An upload with one variable of each type. */
export const redivisSamples: readonly Sample[] = [
  {
    definition: {
      owner: "demo",
      dataset: { name: "Quick start", id: "q5ck", visibility: "public" },
      table: {
        name: "People",
        id: "pe0p",
        uploads: [
          {
            name: "visits",
            schema: [
              { name: "name", type: "string" },
              { name: "age", type: "integer" },
              { name: "score", type: "float" },
              { name: "active", type: "boolean" },
              { name: "born", type: "date" },
              { name: "seen", type: "dateTime" },
              { name: "at", type: "time" },
              { name: "place", type: "geography" },
            ],
          },
        ],
      },
    },
    target: { tableReference, uploadName: "visits" },
    records: [
      {
        name: "Jane",
        age: 30,
        score: 1.5,
        active: true,
        born: "1990-01-02",
        seen: "2020-01-02T03:04:05.000",
        at: "03:04:05",
        place: "POINT(10 20)",
      },
      { name: "John", age: 5 },
    ],
    faulty: { record: { name: "Jim", age: "30" }, field: "age" },
    absentTarget: { tableReference, uploadName: "nothing" },
  },
];
