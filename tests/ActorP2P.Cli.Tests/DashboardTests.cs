using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ActorP2P.Cli.Tests;

/// <summary>The status page of run, over HTTP.</summary>
public sealed partial class DashboardTests(Mesh mesh) : IClassFixture<Mesh>
{
    private static readonly TimeSpan s_guard = TimeSpan.FromMinutes(1);

    private string Base => new Uri(mesh.Dashboard).GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task The_page_is_given_to_whoever_has_opened_the_printed_address()
    {
        using HttpClient browser = Browser();

        HttpResponseMessage before = await browser.GetAsync(new Uri($"{Base}/"));
        HttpResponseMessage login = await browser.GetAsync(new Uri(mesh.Dashboard));
        HttpResponseMessage after = await browser.GetAsync(new Uri($"{Base}/"));

        Assert.Equal(HttpStatusCode.Unauthorized, before.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, login.StatusCode);
        Assert.Equal("/", login.Headers.Location?.ToString());
        Assert.Matches(
            "^actorp2p-[0-9a-f]{8}=[0-9a-f]{64}; path=/; samesite=strict; httponly$",
            Assert.Single(login.Headers.GetValues("Set-Cookie")));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal("text/html", after.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/?key=00")]
    [InlineData("/?key=")]
    [InlineData("/events")]
    [InlineData("/metrics")]
    public async Task Without_the_cookie_there_is_nothing(string path)
    {
        using HttpClient browser = Browser();
        string name = (await browser.GetAsync(new Uri(mesh.Dashboard))).Headers.GetValues("Set-Cookie").First()
            .Split('=')[0];
        using HttpClient stranger = Browser();
        stranger.DefaultRequestHeaders.Add("Cookie", $"{name}={new string('0', 64)}");

        HttpResponseMessage answer = await stranger.GetAsync(new Uri(Base + path));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("<", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("GET", "127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("POST", "127.0.0.1", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "localhost", HttpStatusCode.NotFound)]
    public async Task Requests_of_other_sites_are_refused(string method, string host, HttpStatusCode status)
    {
        using HttpClient browser = await LoggedInAsync();
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri($"{Base}/other"));
        request.Headers.Host = host;

        Assert.Equal(status, (await browser.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task The_page_is_well_formed_and_loads_nothing_from_elsewhere()
    {
        using HttpClient browser = await LoggedInAsync();

        HttpResponseMessage answer = await browser.GetAsync(new Uri($"{Base}/"));
        string page = await answer.Content.ReadAsStringAsync();

        XElement html = XDocument.Parse(page).Root!;
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        string nonce = Nonce().Match(policy).Groups["nonce"].Value;
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(
            2, html.Descendants().Count(element => element.Attribute("nonce")?.Value == nonce && nonce.Length == 32));
        Assert.DoesNotContain(
            html.Descendants(),
            static element => element.Attribute("src") is not null || element.Attribute("href") is not null
                || element.Attributes().Any(static attribute => attribute.Name.LocalName is "style")
                || element.Attributes().Any(static attribute => attribute.Name.LocalName.StartsWith(
                    "on", StringComparison.Ordinal)));
        string[] ids = [.. html.Descendants().Attributes("id").Select(static attribute => attribute.Value)];
        Assert.All(
            Used().Matches(page).Select(static match => match.Groups["id"].Value), id => Assert.Contains(id, ids));
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);

        // What peers say of themselves must never be taken for HTML.
        Assert.DoesNotContain("innerHTML", page, StringComparison.Ordinal);
        Assert.NotEqual(page, await browser.GetStringAsync(new Uri($"{Base}/")));
    }

    [Fact]
    public async Task Events_have_the_nodes_their_peers_lanes_and_reasons()
    {
        using HttpClient browser = await LoggedInAsync();

        using HttpResponseMessage answer = await browser.GetAsync(
            new Uri($"{Base}/events"), HttpCompletionOption.ResponseHeadersRead);
        using StreamReader events = new(await answer.Content.ReadAsStreamAsync());
        JsonElement first = await NextAsync(events);
        JsonElement second = await NextAsync(events);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            ["hub", "left", "plain", "right"],
            first.EnumerateArray().Select(static node => node.GetProperty("node").GetString()!));
        JsonElement hub = second[0];
        Assert.Equal(2, hub.GetProperty("peerCount").GetInt32());
        Assert.All(hub.GetProperty("peers").EnumerateArray(), static peer =>
        {
            Assert.True(peer.GetProperty("bytesIn").GetInt64() > 0);
            Assert.Equal(0, peer.GetProperty("queuedBulk").GetInt64());
        });
        Assert.Contains(
            hub.GetProperty("reasons").EnumerateArray().Concat(second[1].GetProperty("reasons").EnumerateArray()),
            static reason => reason.GetProperty("reason").GetString() == "ShuttingDown");
        Assert.True(
            hub.GetProperty("at").GetDateTimeOffset() > first[0].GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_page_uses_the_names_that_the_events_have()
    {
        using HttpClient browser = await LoggedInAsync();
        string page = await browser.GetStringAsync(new Uri($"{Base}/"));
        using HttpResponseMessage answer = await browser.GetAsync(
            new Uri($"{Base}/events"), HttpCompletionOption.ResponseHeadersRead);
        using StreamReader events = new(await answer.Content.ReadAsStreamAsync());
        JsonElement[] reports = [.. (await NextAsync(events)).EnumerateArray()];

        AssertNames(page, "report", reports[0]);
        AssertNames(page, "peer", reports.SelectMany(static report => report.GetProperty("peers").EnumerateArray())
            .First());
        AssertNames(page, "reason", reports.SelectMany(static report => report.GetProperty("reasons").EnumerateArray())
            .First());
    }

    private static void AssertNames(string page, string variable, JsonElement element)
    {
        string[] used = [.. Regex.Matches(page, $@"\b{variable}\.(?<name>\w+)").Select(
            static match => match.Groups["name"].Value).Distinct()];

        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.True(element.TryGetProperty(name, out _), $"{variable}.{name}"));
    }

    private static HttpClient Browser() =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = s_guard };

    private static async Task<JsonElement> NextAsync(StreamReader events)
    {
        string line = (await events.ReadLineAsync().WaitAsync(s_guard))!;
        Assert.StartsWith("data: [", line, StringComparison.Ordinal);
        Assert.Equal("", await events.ReadLineAsync().WaitAsync(s_guard));
        return ToolResult.Parse(line["data: ".Length..]);
    }

    private async Task<HttpClient> LoggedInAsync()
    {
        HttpClient browser = Browser();
        await browser.GetAsync(new Uri(mesh.Dashboard));
        return browser;
    }

    [GeneratedRegex("script-src 'nonce-(?<nonce>[0-9a-f]+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("getElementById\\(\"(?<id>\\w+)\"\\)")]
    private static partial Regex Used();
}
