using ActorP2P.Protocol;

namespace ActorP2P.Tests.Flow;

/// <summary>The smallest possible settings, and settings a little above.</summary>
internal static class LeastBudgets
{
    /// <summary>
    /// Every bound at its minimum for messages of this length. The room for fragments is one byte above one such
    /// message.
    /// </summary>
    public static P2PNodeOptions Of(P2PNodeOptions settings, int longest) => settings with
    {
        ReassemblyBudget = longest + 1,
        MemoryBudget = (2 * (longest + 1)) + (2 * (longest + 1))
            + (CreditBook.Classes * (long)SessionSettings.MinCreditWindow),
        Session = settings.Session with
        {
            MaxMessage = longest,
            MaxQueued = 1,
            CreditWindow = SessionSettings.MinCreditWindow,
            MaxCreditWindow = SessionSettings.MinCreditWindow,
            MaxRequests = SessionSettings.MinRequests,
            MaxStreams = 0,
        },
    };

    /// <summary>Bounds that are drawn between the minimum and a small multiple of it.</summary>
    public static P2PNodeOptions Drawn(P2PNodeOptions settings, int longest, Random random)
    {
        int window = SessionSettings.MinCreditWindow + random.Next(2 * SessionSettings.MinCreditWindow);
        P2PNodeOptions drawn = Of(settings, longest) with
        {
            ReassemblyBudget = longest + random.Next(1, longest),
            MaxConcurrentHandlers = random.Next(2, 65),
            MemoryBudget = 1 << 30,
        };
        return drawn with
        {
            Session = drawn.Session with
            {
                MaxQueued = random.Next(1, 300_000),
                CreditWindow = window,
                MaxCreditWindow = window + random.Next(1 << 20),
                MaxRequests = random.Next(SessionSettings.MinRequests, 100),
            },
        };
    }
}
