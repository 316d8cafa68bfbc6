using System.Net.Mail;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.SignIn;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>A field of a form, with what is wrong about it.</summary>
public sealed record Field(string Name, string Label, string? Value, string? Error, bool Focus)
{
    public string Id => Name.ToLowerInvariant();

    public string Type { get; init; } = "text";

    public string? Autocomplete { get; init; }

    public string? InputMode { get; init; }

    public string? Hint { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>More than one: a box for several lines.</summary>
    public int Rows { get; init; } = 1;

    public bool IsRequired { get; init; } = true;

    public string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        ({ }, null) => $"{Id}-hint",
        (null, { }) => $"{Id}-error",
        _ => $"{Id}-hint {Id}-error",
    };
}

/// <summary>A page with a form: what is wrong stands at its field, the first of these has the focus, and what was typed stays.</summary>
public abstract class FormPage : PageModel
{
    public Dictionary<string, string> Errors { get; } = new(StringComparer.Ordinal);

    public Field Field(string name, string label, string? value = null) =>
        new(name, label, value, Errors.GetValueOrDefault(name), Errors.Keys.FirstOrDefault() == name);

    /// <summary>The page again, with its errors.</summary>
    protected PageResult Wrong()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>Words as one line, without what no name has.</summary>
    protected static string OneLine(string? text) =>
        string.Join(' ', new string([.. (text ?? "").Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Notes what is wrong with a name, at its field.</summary>
    protected void CheckName(string name, PeopleWords words, Reader reader)
    {
        if (name.Length is 0 or > Application.LongestName)
        {
            Errors["Name"] = name.Length == 0 ? words.NameMissing : reader.Say(words.TooLong, Application.LongestName);
        }
    }

    protected static string Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    protected static bool IsEmail(string email) =>
        email.Length is > 2 and <= 256 && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"' or ',' or ';')
        && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email && parsed.Host.Contains('.', StringComparison.Ordinal);
}

/// <summary>A page for people who are not signed in; <c>?lang=</c> changes its language on this device.</summary>
public abstract class OpenPage : FormPage
{
    /// <summary>Too much was tried from here lately.</summary>
    public bool IsTooMuch { get; private set; }

    public string OtherLanguage(string locale)
    {
        var other = locale == "de" ? "en" : "de";
        var query = Request.Query.Where(q => q.Key is not ("lang" or "handler")).Select(q => $"&{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}");
        return $"?lang={other}{string.Concat(query)}";
    }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (HttpMethods.IsGet(Request.Method) && Request.Query["lang"].ToString() is "de" or "en")
        {
            PreferencesPage.Remember(HttpContext, Request.Query["lang"].ToString());
            var query = Request.Query.Where(q => q.Key != "lang").Select(q => new KeyValuePair<string, string?>(q.Key, q.Value.ToString()));
            context.Result = LocalRedirect(Request.Path + QueryString.Create(query));
        }
    }

    protected PageResult TooMuch()
    {
        IsTooMuch = true;
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Page();
    }
}
