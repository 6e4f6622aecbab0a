using System.Globalization;
using System.Text;

namespace ActorP2P.Simulation;

/// <summary>Writes samples as comma-separated values (RFC 4180).</summary>
internal static class CsvTable
{
    private const string LineEnd = "\r\n";

    public static string Of(IReadOnlyList<ScenarioSample> samples)
    {
        StringBuilder text = new();
        text.Append("seconds,nodes_up,links,fewest_links,most_links,bytes_sent,queued_bytes,held_bytes,")
            .Append("most_held_bytes,broadcasts,deliveries").Append(LineEnd);
        foreach (ScenarioSample sample in samples)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{sample.At.TotalSeconds},{sample.NodesUp},{sample.Links},{sample.FewestLinks},{sample.MostLinks},");
            text.Append(CultureInfo.InvariantCulture,
                $"{sample.BytesSent},{sample.QueuedBytes},{sample.HeldBytes},{sample.MostHeldBytes},");
            text.Append(CultureInfo.InvariantCulture, $"{sample.Broadcasts},{sample.Deliveries}");
            text.Append(LineEnd);
        }

        return text.ToString();
    }
}
