using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Zweizeiler.Contracts;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Portal;

/// <summary>Seals the keys that cookies are made with before they rest in the database: a dump of it must not let anybody forge a sign-in.</summary>
public sealed class SealKeys(TextVault vault) : IXmlEncryptor
{
    internal const string Purpose = "data-protection";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var key = vault.CreateDataKey();
        var text = vault.Seal(key, Guid.Empty, Purpose, plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new EncryptedXmlInfo(
            new XElement("sealed", new XElement("key", Convert.ToBase64String(key.Bytes)), new XElement("text", Convert.ToBase64String(text.Bytes))),
            typeof(OpenKeys));
    }
}

/// <summary>Made by Data Protection itself, hence the constructor.</summary>
public sealed class OpenKeys(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var key = new WrappedDataKey(Bytes(encryptedElement, "key"));
        var text = new SealedText(Bytes(encryptedElement, "text"));
        return XElement.Parse(services.GetRequiredService<TextVault>().Open<string>(key, Guid.Empty, SealKeys.Purpose, text));
    }

    private static byte[] Bytes(XElement parent, string name) => Convert.FromBase64String(
        parent.Element(name)?.Value ?? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The sealed key has no '{name}'.")));
}
