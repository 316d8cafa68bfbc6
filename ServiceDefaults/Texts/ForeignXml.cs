using System.Xml;

namespace Zweizeiler.ServiceDefaults.Texts;

/// <summary>XML that comes from outside: no document type, nothing fetched, no entities, and no more than was agreed.</summary>
public static class ForeignXml
{
    /// <exception cref="XmlException">While reading: it is not well-formed, has a document type, or is longer.</exception>
    public static XmlReader Open(byte[] xml, long mostCharacters) => XmlReader.Create(new MemoryStream(xml), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 1,
        MaxCharactersInDocument = mostCharacters,
    });
}
