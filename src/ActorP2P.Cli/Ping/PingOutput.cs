using System.Globalization;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Ping;

/// <summary>Prints what a ping finds, as text or as JSON.</summary>
internal sealed class PingOutput(ToolConsole console, bool json)
{
    public void Connected(ClientSettings settings, Peer peer, TimeSpan connected, TimeSpan handshake)
    {
        string protection = settings.Options.Encryption == Encryption.Off ? "none" : "TLS 1.3";
        string[] services = [.. peer.Services.Select(static service => SafeText.Of(service.Name))];
        if (json)
        {
            console.WriteJson(new
            {
                address = $"{settings.RequiredAddress}",
                id = $"{peer.Id ?? peer.ClaimedId?.Claim}",
                isProven = peer.IsProven,
                encryption = protection,
                software = peer.UserAgent,
                services,
                connectedMs = Rounded(connected),
                handshakeMs = Rounded(handshake),
            });
            return;
        }

        Line($"PING {settings.RequiredAddress.WithoutId}");
        Line($"id         {peer.Id ?? peer.ClaimedId?.Claim}");
        Line($"encryption {protection}, the id is {(peer.IsProven ? "proven" : "only claimed")}");
        Line($"software   {SafeText.Of(peer.UserAgent)}");
        Line($"services   {(services.Length == 0 ? "none named" : string.Join(", ", services))}");
        Line(Text($"connected  in {Milliseconds(connected)}, hello answered in {Milliseconds(handshake)}"));
    }

    public void Pong(int number, TimeSpan roundTrip)
    {
        if (json)
        {
            console.WriteJson(new { seq = number, rttMs = Rounded(roundTrip) });
        }
        else
        {
            Line(Text($"pong seq={number} time={Milliseconds(roundTrip)}"));
        }
    }

    public void End(PeerAddress address, PingStatistics statistics, Disconnect? ended)
    {
        if (json)
        {
            console.WriteJson(new
            {
                sent = statistics.Sent,
                received = statistics.Received,
                lossPercent = Math.Round(statistics.LossPercent, 1),
                minMs = Math.Round(statistics.Min, 3),
                avgMs = Math.Round(statistics.Average, 3),
                maxMs = Math.Round(statistics.Max, 3),
                mdevMs = Math.Round(statistics.Deviation, 3),
                end = ended is null ? null : $"{ended.Reason}",
            });
            return;
        }

        Line($"--- {address.WithoutId} ping statistics ---");
        Line(Text($"{statistics.Sent} sent, {statistics.Received} received, {statistics.LossPercent:0.#}% loss"));
        if (statistics.Received > 0)
        {
            Line(Text(
                $"rtt min/avg/max/mdev = {statistics.Min:0.000}/{statistics.Average:0.000}/{statistics.Max:0.000}")
                + Text($"/{statistics.Deviation:0.000} ms"));
        }

        if (ended is not null)
        {
            Line($"the connection ended: {ended}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => Text($"{time.TotalMilliseconds:0.000} ms");

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

    private void Line(string text) => console.Output.WriteLine(SafeText.Of(text));
}
