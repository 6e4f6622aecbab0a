using Xunit.Abstractions;

namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>
/// Attackers who flood the book of a node for a day, after the node has asked its first eight peers: a tenth of all
/// nodes, which answer, and a whole /16, which answers too. Of a thousand nodes two are in each network.
/// </summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const int HonestNetworks = 450;
    private const int HostileNetworks = 50;
    private const int Flooded = 600;
    private const int FirstInvented = 2_000;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Attackers_get_no_more_than_their_share_of_networks(ulong seed, bool inventsAddresses)
    {
        AddressBook book = Books.Empty(seed);
        SplitMix64 random = new(seed);
        TimeSpan now = Books.Today;
        for (int peer = 0; peer < 8; peer++)
        {
            Answer(book, ref random, now, records: 230);
        }

        for (int minute = 0; minute < 24 * 60; minute++, now += TimeSpan.FromMinutes(1))
        {
            Answer(book, ref random, now, records: 20);
            Flood(book, ref random, now, inventsAddresses);
            if (minute % 2 == 0)
            {
                Feel(book, now);
            }
        }

        (int attackers, int connections) = Connect(book, now, sets: 500);
        double share = (double)attackers / connections;
        const double ShareOfNetworks = (HostileNetworks + 1.0) / (HonestNetworks + HostileNetworks + 1);
        output.WriteLine($"addresses {book.Count}, tried {book.TriedCount}, networks {book.Groups}");
        output.WriteLine($"share of outbound connections {share:p2}, share of networks {ShareOfNetworks:p2}");

        // Half a percent is less than the chance of 4,000 draws.
        Assert.True(share <= ShareOfNetworks + 0.005, $"{share:p2} of the connections are to attackers.");
    }

    // An honest node answers: addresses of all nodes, as honest nodes know them.
    private static void Answer(AddressBook book, ref SplitMix64 random, TimeSpan now, int records)
    {
        string source = NetworkGroup.Of(Books.Address(Below(ref random, HonestNetworks)));
        for (int i = 0; i < records; i++)
        {
            int network = Below(ref random, HonestNetworks + HostileNetworks);
            book.Add(Books.Address(network, Below(ref random, 2)), source, now, now);
        }
    }

    // Each minute an attacker tells five hundred addresses: its own, those of the /16, and ones that nobody has.
    private static void Flood(AddressBook book, ref SplitMix64 random, TimeSpan now, bool inventsAddresses)
    {
        int attacker = Below(ref random, HostileNetworks + 1);
        string source = NetworkGroup.Of(
            Books.Address(attacker == HostileNetworks ? Flooded : HonestNetworks + attacker));
        for (int i = 0; i < 500; i++)
        {
            PeerAddress address = Below(ref random, 3) switch
            {
                0 => Books.Address(HonestNetworks + Below(ref random, HostileNetworks), Below(ref random, 2)),
                1 when inventsAddresses => Books.Address(FirstInvented + Below(ref random, 20_000)),
                _ => Books.Address(Flooded, Below(ref random, 60_000)),
            };
            book.Add(address, source, now, now);
        }
    }

    private static void Feel(AddressBook book, TimeSpan now)
    {
        BookEntry? entry = book.TakeTest(now)
            ?? book.Select(now, onlyNew: true, static _ => false, static _ => false);
        if (entry is not null)
        {
            Dial(book, entry, now);
        }
    }

    private static bool Dial(AddressBook book, BookEntry entry, TimeSpan now)
    {
        PeerAddress address = entry.Address;
        book.Attempted(address, now);
        bool answers = IsHostile(address) || Enumerable.Range(0, HonestNetworks).Contains(NetworkOf(address));
        if (answers)
        {
            book.Worked(address, now);
        }
        else
        {
            book.Failed(address, counts: true);
        }

        return answers;
    }

    // A node connects to eight networks, again and again.
    private static (int Attackers, int Connections) Connect(AddressBook book, TimeSpan now, int sets)
    {
        int attackers = 0;
        int connections = 0;
        for (int set = 0; set < sets; set++)
        {
            HashSet<string> groups = new(StringComparer.Ordinal);
            for (int dial = 0; dial < 200 && groups.Count < 8; dial++)
            {
                now += TimeSpan.FromSeconds(1);
                BookEntry? entry = book.Select(now, onlyNew: false, groups.Contains, static _ => false);
                if (entry is not null && Dial(book, entry, now))
                {
                    groups.Add(entry.Group);
                    attackers += IsHostile(entry.Address) ? 1 : 0;
                    connections++;
                }
            }

            now += TimeSpan.FromMinutes(15);
        }

        return (attackers, connections);
    }

    private static bool IsHostile(PeerAddress address) => NetworkOf(address) is Flooded
        or (>= HonestNetworks and < HonestNetworks + HostileNetworks);

    private static int NetworkOf(PeerAddress address)
    {
        string[] parts = address.Host.Split('.');
        return ((int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture) - 20) * 256)
            + int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static int Below(ref SplitMix64 random, int bound) =>
        (int)Math.BigMul(random.Next(), (ulong)bound, out _);
}
