using System.Security.Cryptography;
using System.Text.Json;
using ActorP2P.Cli.Admin;
using Microsoft.AspNetCore.Http;

namespace ActorP2P.Cli.Dashboard;

/// <summary>Answers requests for the status page and for its stream of events.</summary>
/// <param name="access">Who may see them.</param>
/// <param name="watches">The nodes.</param>
/// <param name="time">The clock of the events.</param>
/// <param name="stopping">Is cancelled when the server ends.</param>
internal sealed class DashboardPages(
    DashboardAccess access, IReadOnlyList<NodeWatch> watches, TimeProvider time, CancellationToken stopping)
{
    private const string NonceMark = "{{nonce}}";
    private const int NonceBytes = 16;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private static readonly string s_page = ReadPage();

    /// <summary>Answers one request.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        HttpResponse response = context.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        if (!DashboardAccess.IsLocal(request))
        {
            return RefuseAsync(response, StatusCodes.Status421MisdirectedRequest, "This page is for this machine.");
        }

        if (request.Method != HttpMethods.Get)
        {
            response.Headers.Allow = HttpMethods.Get;
            return RefuseAsync(response, StatusCodes.Status405MethodNotAllowed, "Only GET.");
        }

        if (request.Path == "/" && access.HasKey(request))
        {
            // The key does not stay in the address.
            access.GiveCookie(response);
            response.StatusCode = StatusCodes.Status303SeeOther;
            response.Headers.Location = "/";
            return Task.CompletedTask;
        }

        if (!access.HasCookie(request))
        {
            return RefuseAsync(
                response, StatusCodes.Status401Unauthorized, "Open the address that actorp2p run has printed.");
        }

        return request.Path.Value switch
        {
            "/" => PageAsync(response),
            "/events" => EventsAsync(context),
            _ => RefuseAsync(response, StatusCodes.Status404NotFound, "There is nothing here."),
        };
    }

    private static Task PageAsync(HttpResponse response)
    {
        string nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return response.WriteAsync(s_page.Replace(NonceMark, nonce, StringComparison.Ordinal));
    }

    private static Task RefuseAsync(HttpResponse response, int status, string text)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(text + "\n");
    }

    private static string ReadPage()
    {
        using Stream page = typeof(DashboardPages).Assembly.GetManifestResourceStream("ActorP2P.Cli.page.html")!;
        using StreamReader reader = new(page);
        return reader.ReadToEnd();
    }

    private async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using CancellationTokenSource end =
            CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        using PeriodicTimer timer = new(s_interval, time);
        try
        {
            do
            {
                NodeReport[] reports = [.. watches.Select(static watch => watch.Report())];
                string json = JsonSerializer.Serialize(reports, AdminMessages.Default.NodeReportArray);
                await context.Response.WriteAsync($"data: {json}\n\n", end.Token);
                await context.Response.Body.FlushAsync(end.Token);
            }
            while (await timer.WaitForNextTickAsync(end.Token));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The browser has gone, or the server ends.
        }
    }
}
