using System.Globalization;
using QRCoder;
using Zweizeiler.Billing.Domain.Documents;

namespace Zweizeiler.Billing.Features.Papers;

/// <summary>The code that banking apps read (EPC 069-12, version 002): a transfer with account, amount and structured reference.</summary>
internal static class EpcCode
{
    public static string Text(PaymentTarget target, long cents) => string.Join('\n',
        "BCD", "002", "1", "SCT", target.Bic ?? "", Cut(target.Holder, 70), target.Iban,
        "EUR" + (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture), "", target.Reference);

    /// <summary>Dark modules by row and column, without the quiet zone.</summary>
    public static bool[,] Modules(PaymentTarget target, long cents)
    {
        using var generator = new QRCodeGenerator();
        // Medium correction and UTF-8, as the guideline has it.
        using var data = generator.CreateQrCode(Text(target, cents), QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        const int quiet = 4;
        var size = data.ModuleMatrix.Count - (2 * quiet);
        var modules = new bool[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                modules[row, column] = data.ModuleMatrix[row + quiet][column + quiet];
            }
        }

        return modules;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
