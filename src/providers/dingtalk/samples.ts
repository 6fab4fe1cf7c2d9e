import type { Sample } from "../../contract/provider.js";

const baseId = "qnYsample00000000000000000000001";

/** A base with one sheet and one operator with the right to edit. */
export const dingtalkSamples: readonly Sample[] = [
  {
    definition: {
      baseId,
      operators: { unionId_1: "edit" },
      sheets: [
        {
          id: "HAcL4SD",
          name: "Tasks",
          fields: [
            { id: "tItle01", name: "Title", type: "text", primary: true },
            { id: "hOurs01", name: "Hours", type: "number" },
            {
              id: "sTate01",
              name: "State",
              type: "singleSelect",
              property: { choices: [{ name: "open" }, { name: "done" }] },
            },
            { id: "dUe0001", name: "Due", type: "date" },
            { id: "pErson1", name: "People", type: "user" },
          ],
        },
      ],
    },
    target: { baseId, sheetIdOrName: "Tasks", operatorId: "unionId_1" },
    records: [
      {
        Title: "Write the report",
        Hours: 2.5,
        State: "open",
        Due: "2026-01-31 18:00",
        People: [{ unionId: "unionId_1" }],
      },
      { Title: "Send it", Hours: "1" },
    ],
    faulty: { record: { Title: "Print it", Hours: "many" }, field: "Hours" },
    absentTarget: { baseId: "zzz00000000000000000000000000000", sheetIdOrName: "Tasks", operatorId: "unionId_1" },
  },
];
