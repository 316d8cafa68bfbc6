using System.Buffers;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Gateway.Limits;

/// <summary>
/// Bodies of more than 256 KB go no further, whether they say their length or not. Operators' page for the bank's files takes files of 7 MB: they say their
/// length, and nothing of them is kept here.
/// </summary>
internal static class BodyLimit
{
    public const int Bytes = 256 * 1024;

    private const int BankFileBytes = 28 * Bytes;
    private static readonly PathString BankFiles = "/portal/desk/money";

    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.ContentLength > (request.Path == BankFiles ? BankFileBytes : Bytes))
        {
            await RefuseAsync(context);
            return;
        }

        if (request.ContentLength is null && request.Headers.TransferEncoding.Count > 0)
        {
            // A length is known only at the end: read it here, so that no service begins with what is cut off later.
            var body = await ReadAsync(request);
            if (body is null)
            {
                await RefuseAsync(context);
                return;
            }

            request.Body = body;
            request.Headers.TransferEncoding = default;
            request.ContentLength = body.Length;
        }

        await next(context);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        // What is still coming is not read: the connection ends with this answer.
        context.Response.Headers.Connection = "close";
        return CommonProblems.ForStatus(StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context);
    }

    private static async Task<MemoryStream?> ReadAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
            {
                if (body.Length + read > Bytes)
                {
                    return null;
                }

                body.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        body.Position = 0;
        return body;
    }
}
