using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Takes what DNS names say into the book, with a bound for each name.</summary>
/// <param name="state">The book.</param>
/// <param name="refused">Where refusals are counted.</param>
/// <param name="signer">Checks signatures.</param>
internal sealed class DnsIntake(DiscoveryState state, RefusalCounts refused, ISigner signer)
{
    // Bitcoin Core's bound for addresses.
    private const int MostOfName = 32;

    /// <summary>Takes the answer for a name; null: there is none.</summary>
    public void Take(PeerAddress name, DnsFindings? found)
    {
        if (found is null)
        {
            refused.Add(RecordRefusal.DnsFailed);
            return;
        }

        int beyond = Math.Max(0, found.Addresses.Count - MostOfName) + Math.Max(0, found.Texts.Count - MostOfName);
        refused.Add(RecordRefusal.DnsTooMany, beyond);
        if (found.Addresses.Count + found.Texts.Count == 0)
        {
            refused.Add(RecordRefusal.DnsNothing);
        }

        // Whoever runs the name has told all of it, wherever the addresses are.
        string source = name.Host;
        TimeSpan today = state.Today;
        foreach (PeerAddress address in found.Addresses.Take(MostOfName))
        {
            state.Intake.Take(address, source, today);
        }

        foreach (string text in found.Texts.Take(MostOfName))
        {
            TakeText(text, source, today);
        }
    }

    private void TakeText(string text, string source, TimeSpan today)
    {
        if (NodeRecord.TryParse(text, out NodeRecord? record, out RecordFault fault, signer))
        {
            state.Intake.Take(record.Bytes.Span, source, today, out _);
        }
        else if (fault != RecordFault.NotText)
        {
            refused.Add(fault == RecordFault.NotSigned ? RecordRefusal.NotSigned : RecordRefusal.Malformed);
        }
    }
}
