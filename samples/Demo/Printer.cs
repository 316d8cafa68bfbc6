using System.Globalization;

namespace Zweizeiler.Demo;

/// <summary>Writes the story: the time, what happened, and the particulars, one line each.</summary>
public sealed class Printer(TextWriter output, TimeProvider time)
{
    private readonly Lock _gate = new();

    public void Heading(string text)
    {
        lock (_gate)
        {
            output.WriteLine();
            output.WriteLine(text);
        }
    }

    public void Line(string text)
    {
        lock (_gate)
        {
            output.WriteLine(text);
        }
    }

    public void Step(string what, string particulars)
    {
        lock (_gate)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {time.GetLocalNow():HH:mm:ss.fff}  {what,-10} {particulars}"));
        }
    }

    public static string Money(long cents, string currency) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100m:0.00} {currency}");
}
