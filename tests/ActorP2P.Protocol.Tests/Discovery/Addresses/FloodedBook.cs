using System.Globalization;

namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>
/// A book that attackers flood for a day: a tenth of all nodes, which answer, and a whole /16, which answers too. Of a
/// thousand nodes two are in each network. Each minute an honest node answers, and an attacker tells addresses.
/// </summary>
/// <param name="seed">The seed of the run.</param>
/// <param name="inventsAddresses">Whether a third of what attackers tell are addresses that nobody has.</param>
/// <param name="read">The book, if it is one that was saved.</param>
internal sealed class FloodedBook(ulong seed, bool inventsAddresses, AddressBook? read = null)
{
    private const int HonestNetworks = 450;
    private const int HostileNetworks = 50;
    private const int Flooded = 600;
    private const int FirstInvented = 2_000;
    private const int Invented = 20_000;

    private readonly AddressBook _book = read ?? Books.Empty(seed);
    private SplitMix64 _random = new(seed);
    private TimeSpan _now = Books.Today;

    /// <summary>The attackers' share of the networks that answer.</summary>
    public const double HostileShare = (HostileNetworks + 1.0) / (HonestNetworks + HostileNetworks + 1);

    /// <summary>Networks of the book.</summary>
    public int Networks => _book.Groups;

    /// <summary>How many networks of honest nodes the book has.</summary>
    public int Honest => NetworksOf(_book.Entries.Where(static entry => IsHonest(NetworkOf(entry.Address))));

    /// <summary>The networks with addresses that have worked.</summary>
    public int Tried => NetworksOf(_book.Entries.Where(static entry => entry.IsTried));

    /// <summary>The attackers' share of the networks with addresses that have worked.</summary>
    public double HostileShareOfTried => (double)NetworksOf(
        _book.Entries.Where(static entry => entry.IsTried && IsHostile(NetworkOf(entry.Address)))) / Tried;

    /// <summary>Honest nodes answer the node's first questions.</summary>
    public void AskFirst(int peers)
    {
        for (int peer = 0; peer < peers; peer++)
        {
            Answer(records: 230);
        }
    }

    /// <summary>A day of it.</summary>
    /// <param name="toldInAMinute">The addresses that attackers tell in a minute.</param>
    public void FloodForADay(int toldInAMinute)
    {
        for (int minute = 0; minute < 24 * 60; minute++, _now += TimeSpan.FromMinutes(1))
        {
            Answer(records: 20);
            Flood(toldInAMinute);
            if (minute % 2 == 0)
            {
                Feel();
            }
        }
    }

    /// <summary>The book after a restart of the node: saved, and read again.</summary>
    public FloodedBook Restarted()
    {
        BookFault fault = BookSnapshot.Read(
            BookSnapshot.Write(_book, []), seed, _now, out AddressBook? book, out _);
        Assert.Equal(BookFault.None, fault);
        return new FloodedBook(seed, inventsAddresses, book) { _now = _now };
    }

    /// <summary>The node connects to eight networks, again and again.</summary>
    /// <param name="sets">How often.</param>
    /// <returns>The attackers' share of the connections.</returns>
    public double Connect(int sets)
    {
        int attackers = 0;
        int connections = 0;
        for (int set = 0; set < sets; set++)
        {
            HashSet<string> groups = new(StringComparer.Ordinal);
            for (int dial = 0; dial < 200 && groups.Count < 8; dial++)
            {
                _now += TimeSpan.FromSeconds(1);
                BookEntry? entry = _book.Select(_now, groups.Contains, static _ => false);
                if (entry is not null && Dial(entry))
                {
                    groups.Add(entry.Group);
                    attackers += IsHostile(NetworkOf(entry.Address)) ? 1 : 0;
                    connections++;
                }
            }

            _now += TimeSpan.FromMinutes(15);
        }

        return (double)attackers / connections;
    }

    // An honest node tells addresses of all nodes, as honest nodes know them.
    private void Answer(int records)
    {
        string source = NetworkGroup.Of(Books.Address(Below(HonestNetworks)));
        for (int i = 0; i < records; i++)
        {
            _book.Add(Books.Address(Below(HonestNetworks + HostileNetworks), Below(2)), source, _now, _now);
        }
    }

    // An attacker tells addresses of attackers, those of the /16, and ones that nobody has.
    private void Flood(int addresses)
    {
        int attacker = Below(HostileNetworks + 1);
        string source = NetworkGroup.Of(
            Books.Address(attacker == HostileNetworks ? Flooded : HonestNetworks + attacker));
        for (int i = 0; i < addresses; i++)
        {
            PeerAddress address = Below(3) switch
            {
                0 => Books.Address(HonestNetworks + Below(HostileNetworks), Below(2)),
                1 when inventsAddresses => Books.Address(FirstInvented + Below(Invented)),
                _ => Books.Address(Flooded, Below(60_000)),
            };
            _book.Add(address, source, _now, _now);
        }
    }

    private void Feel()
    {
        BookEntry? entry = _book.TakeTest(_now)
            ?? _book.SelectNew(_now, static _ => false);
        if (entry is not null)
        {
            Dial(entry);
        }
    }

    private bool Dial(BookEntry entry)
    {
        PeerAddress address = entry.Address;
        int network = NetworkOf(address);
        _book.Attempted(address, _now);
        bool answers = IsHostile(network) || IsHonest(network);
        if (answers)
        {
            _book.Worked(address, _now);
        }
        else
        {
            _book.Failed(address, counts: true);
        }

        return answers;
    }

    private static int NetworksOf(IEnumerable<BookEntry> entries) =>
        entries.Select(static entry => entry.Group).Distinct(StringComparer.Ordinal).Count();

    private static bool IsHonest(int network) => network is >= 0 and < HonestNetworks;

    private static bool IsHostile(int network) => network is Flooded
        or (>= HonestNetworks and < HonestNetworks + HostileNetworks);

    private static int NetworkOf(PeerAddress address)
    {
        string[] parts = address.Host.Split('.');
        return ((int.Parse(parts[0], CultureInfo.InvariantCulture) - 20) * 256)
            + int.Parse(parts[1], CultureInfo.InvariantCulture);
    }

    private int Below(int bound) => (int)Math.BigMul(_random.Next(), (ulong)bound, out _);
}
