// The bill of materials of a release, as CycloneDX 1.6 has it. The same parts make the same bytes.

const component = (part) => ({
  type: part.isData ? "data" : "library",
  "bom-ref": part.purl,
  name: part.name,
  version: part.version,
  ...(part.description ? { description: part.description.replace(/\s+/g, " ").trim() } : {}),
  ...(part.checksum ? { hashes: [{ alg: "SHA-256", content: part.checksum }] } : {}),
  // Older crates write a slash for OR.
  licenses: [{ expression: part.license.replace(/\s*\/\s*/g, " OR ") }],
  purl: part.purl,
  ...(part.repository ? { externalReferences: [{ type: "vcs", url: part.repository }] } : {}),
});

export function bill(own, parts) {
  const seconds = Number(process.env.SOURCE_DATE_EPOCH ?? 0);
  const ref = `pkg:generic/${own.name}@${own.version}`;
  return `${JSON.stringify({
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      timestamp: new Date(seconds * 1000).toISOString().replace(".000", ""),
      component: {
        type: "application", "bom-ref": ref, name: own.name, version: own.version, licenses: [{ expression: own.license }], purl: ref,
      },
    },
    components: parts.map(component),
    dependencies: [{ ref, dependsOn: parts.map((part) => part.purl) }, ...parts.map((part) => ({ ref: part.purl }))],
  }, null, 2)}\n`;
}
