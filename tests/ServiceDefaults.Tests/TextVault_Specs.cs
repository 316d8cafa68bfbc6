using System.Security.Cryptography;
using System.Text;
using Zweizeiler.Contracts;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.ServiceDefaults.Tests;

public class TextVault_Specs
{
    private const string Secret = "a master secret of more than 32 characters";
    private static readonly Guid Job = Guid.Parse("01932f2c-9a7e-7c3d-8e21-0123456789ab");
    private static readonly Guid OtherJob = Guid.Parse("01932f2c-9a7e-7c3d-8e21-0123456789ac");

    private readonly TextVault _vault = new(Secret);

    [Fact]
    public void A_sealed_text_opens_and_does_not_show_what_it_holds()
    {
        var key = _vault.CreateDataKey();
        var sealedText = _vault.Seal(key, Job, TextPurpose.Draft, "Guten Tag Frau Martin");

        _vault.Open<string>(key, Job, TextPurpose.Draft, sealedText).ShouldBe("Guten Tag Frau Martin");
        Encoding.UTF8.GetString(sealedText.Bytes).ShouldNotContain("Martin");
        new TextVault(Secret).Open<string>(key, Job, TextPurpose.Draft, sealedText).ShouldBe("Guten Tag Frau Martin", "another replica has the same master key");
    }

    [Fact]
    public void The_same_text_is_sealed_differently_each_time()
    {
        var key = _vault.CreateDataKey();
        _vault.Seal(key, Job, TextPurpose.Draft, "x").Bytes.ShouldNotBe(_vault.Seal(key, Job, TextPurpose.Draft, "x").Bytes);
    }

    [Fact]
    public void It_opens_for_no_other_owner_purpose_key_or_master_and_not_after_tampering()
    {
        var key = _vault.CreateDataKey();
        var sealedText = _vault.Seal(key, Job, TextPurpose.Draft, "x");

        Should.Throw<CryptographicException>(() => _vault.Open<string>(key, OtherJob, TextPurpose.Draft, sealedText));
        Should.Throw<CryptographicException>(() => _vault.Open<string>(key, Job, TextPurpose.JobContent, sealedText));
        Should.Throw<CryptographicException>(() => _vault.Open<string>(_vault.CreateDataKey(), Job, TextPurpose.Draft, sealedText));
        Should.Throw<CryptographicException>(() => new TextVault(Secret + "!").Open<string>(key, Job, TextPurpose.Draft, sealedText));
        for (var i = 0; i < sealedText.Bytes.Length; i++)
        {
            var tampered = (byte[])sealedText.Bytes.Clone();
            tampered[i] ^= 1;
            Should.Throw<CryptographicException>(() => _vault.Open<string>(key, Job, TextPurpose.Draft, new SealedText(tampered)));
        }
    }

    [Fact]
    public void A_short_master_secret_is_refused_at_start() => Should.Throw<InvalidOperationException>(() => new TextVault("short"));
}
