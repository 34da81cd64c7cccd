// Evaluates a library of gate rules over FHIR bundles, and says how long it took.
// node run.js RULES.json BUNDLES.json: one JSON object on standard output.
//
// Once over FHIR, where each fact is looked for among the Observations of the patient, and once
// with plain values at hand, where nothing is looked for.

const fs = require("node:fs");
const cql = require("cql-execution");
const fhir = require("cql-exec-fhir");

const [rules, bundles] = process.argv
  .slice(2)
  .map((path) => JSON.parse(fs.readFileSync(path, "utf-8")));

class Plain {
  constructor(bundle) {
    const [patient, ...observed] = bundle.entry.map((each) => each.resource);
    this.id = patient.id;
    for (const each of observed) this[each.code.coding[0].code] = each.valueInteger;
  }

  getId() {
    return this.id;
  }

  async findRecords() {
    return [this];
  }
}

class PlainPatients {
  constructor(held) {
    this.held = held.map((each) => new Plain(each));
  }

  async currentPatient() {
    return this.held[0];
  }

  async nextPatient() {
    this.held.shift();
    return this.held[0];
  }
}

function plainly(held) {
  const library = structuredClone(held);
  const query = library.library.statements.def[1].expression.operand;
  for (const each of query.let) {
    each.expression = { type: "Property", path: each.identifier, scope: "patient" };
  }
  return library;
}

function overFhir() {
  const patients = fhir.PatientSource.FHIRv401();
  patients.loadBundles(bundles);
  return patients;
}

async function evaluate(library, patients) {
  const executor = new cql.Executor(new cql.Library(library), new cql.CodeService({}));
  const begun = process.hrtime.bigint();
  const said = await executor.exec(patients);
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const answers = Object.entries(said.patientResults).map(([course, { gates }]) => [course, gates]);
  return { seconds, answers: Object.fromEntries(answers) };
}

async function main() {
  const plain = plainly(rules);
  await evaluate(plain, new PlainPatients(bundles)); // once before, so that the code is compiled
  const held = [await evaluate(rules, overFhir()), await evaluate(plain, new PlainPatients(bundles))];
  const found = {
    fhir: held[0].seconds,
    plain: held[1].seconds,
    node: process.version,
    answers: held.map((each) => each.answers),
  };
  process.stdout.write(JSON.stringify(found));
}

main();
