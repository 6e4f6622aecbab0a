using Xunit.Abstractions;

namespace ActorP2P.Protocol.Tests.Discovery.Kademlia;

/// <summary>
/// Networks of routing tables in virtual time. ACTORP2P_WHOLE=1 makes them of 1,000 nodes instead of 200, and prints
/// the figures of docs/discovery-dht.md with <c>--logger "console;verbosity=detailed"</c>.
/// </summary>
public sealed class KademliaModelTests(ITestOutputHelper output)
{
    private static readonly bool s_isWhole = Environment.GetEnvironmentVariable("ACTORP2P_WHOLE") == "1";
    private static readonly int s_nodes = s_isWhole ? 1000 : 200;
    private static readonly int s_lookups = s_isWhole ? 1000 : 200;
    private static readonly TimeSpan s_grown = TimeSpan.FromMinutes(2);

    [Fact]
    public void Lookups_succeed_while_half_of_the_nodes_change_in_an_hour()
    {
        KademliaModel model = new(seed: 1);
        model.Grow(s_nodes, TimeSpan.FromMilliseconds(200));
        model.RunFor(s_grown);
        model.Churn(TimeSpan.FromHours(1));
        model.RunFor(TimeSpan.FromMinutes(30));
        List<ModelLookup> ended = [];
        int found = 0;
        for (int i = 0; i < s_lookups; i++)
        {
            ModelNode from = Settled(model);
            ModelNode target = Settled(model);
            model.Start(from, target.Contact.Key, target.Id, done: lookup =>
            {
                // The outcome counts if both nodes lived until the end.
                if (from.IsUp && target.IsUp && from != target)
                {
                    ended.Add(lookup);
                    found += lookup.Lookup.Found?.Id == target.Id ? 1 : 0;
                }
            });
            model.RunFor(TimeSpan.FromSeconds(30.0 * 60 / s_lookups));
        }

        model.RunFor(TimeSpan.FromMinutes(2));
        Print("churn", model, ended, found);
        Assert.InRange(ended.Count, s_lookups / 2, s_lookups);
        Assert.True(found > 0.99 * ended.Count, $"{found} of {ended.Count}");
        Assert.All(ended, lookup => Assert.InRange(lookup.Lookup.Queries, 0, new LookupSettings().MaxQueries));
    }

    [Theory]
    [InlineData(40, 8)]
    [InlineData(40, 40)]
    public void A_node_is_found_although_false_nodes_surround_its_key(int sybils, int groups)
    {
        KademliaModel model = new(seed: 2);
        model.Grow(s_nodes, TimeSpan.FromMilliseconds(200));
        model.RunFor(s_grown);
        ModelNode target = Settled(model);
        Surround(model, target.Contact.Key, sybils, groups);
        model.RunFor(TimeSpan.FromHours(1));

        List<ModelLookup> ended = [];
        for (int i = 0; i < s_lookups; i++)
        {
            model.Start(Settled(model), target.Contact.Key, target.Id, done: ended.Add);
            model.RunFor(TimeSpan.FromSeconds(1));
        }

        model.RunFor(TimeSpan.FromMinutes(2));
        int found = ended.Count(lookup => lookup.From == target || lookup.Lookup.Found is not null);
        Print($"{sybils} false nodes in {groups} groups", model, ended, found);
        Assert.Equal(s_lookups, ended.Count);
        Assert.True(found > 0.95 * ended.Count, $"{found} of {ended.Count}");
    }

    [Theory]
    [InlineData(40, 8)]
    public void A_provider_is_found_although_false_nodes_surround_its_key(int sybils, int groups)
    {
        KademliaModel model = new(seed: 3);
        model.Grow(s_nodes, TimeSpan.FromMilliseconds(200));
        model.RunFor(s_grown);
        DhtKey service = DhtKey.OfService(DhtGiven.Network, "chain");
        Surround(model, service, sybils, groups);
        model.RunFor(TimeSpan.FromHours(1));
        ModelNode provider = Settled(model);
        model.Provide(provider, service);
        model.RunFor(TimeSpan.FromMinutes(2));

        List<ModelLookup> ended = [];
        for (int i = 0; i < s_lookups; i++)
        {
            model.Start(Settled(model), service, null, service, ended.Add);
            model.RunFor(TimeSpan.FromSeconds(1));
        }

        model.RunFor(TimeSpan.FromMinutes(2));
        int found = ended.Count(lookup => lookup.Providers.Contains(provider.Id));
        Print($"a provider, {sybils} false nodes in {groups} groups", model, ended, found);
        Assert.Equal(s_lookups, ended.Count);
        Assert.True(found > 0.95 * ended.Count, $"{found} of {ended.Count}");
    }

    [Fact]
    public void A_run_is_the_same_for_the_same_seed()
    {
        Assert.Equal(Run(7), Run(7));
        Assert.NotEqual(Run(7), Run(8));

        static string Run(ulong seed)
        {
            KademliaModel model = new(seed);
            model.Grow(40, TimeSpan.FromMilliseconds(200));
            model.Churn(TimeSpan.FromMinutes(10));
            model.RunFor(TimeSpan.FromMinutes(10));
            return string.Join(' ', model.Up.Select(node => $"{node.Contact}:{node.Table.Count}:{node.Asked}"));
        }
    }

    private static ModelNode Settled(KademliaModel model)
    {
        ModelNode node;
        do
        {
            node = model.Honest();
        }
        while (model.Now - node.Born < s_grown);
        return node;
    }

    /// <summary>Adds nodes whose keys are closer to a key than all others, and which name only each other.</summary>
    private static void Surround(KademliaModel model, DhtKey key, int sybils, int groups)
    {
        int closest = model.Up.Where(node => node.Contact.Key != key).Max(node => node.Contact.Key.SharedBits(key));
        List<DhtContact> made = [];
        int number = 10_000_000;
        for (int i = 0; i < sybils; i++)
        {
            number = DhtGiven.NumberNear(key, closest, number);
            made.Add(DhtGiven.At(number++, $"198.51.{i % groups}.{1 + i}"));
        }

        List<ModelNode> honest = [.. model.Up];
        foreach (DhtContact sybil in made)
        {
            ModelNode node = model.Add(sybil);
            node.Sybils = made;

            // It makes itself known to everybody, and answers whoever asks it.
            honest.ForEach(other => other.Table.Hear(sybil, model.Now));
        }
    }

    private void Print(string what, KademliaModel model, List<ModelLookup> ended, int found)
    {
        double[] times = [.. ended.Select(lookup => (lookup.Ended - lookup.Started).TotalMilliseconds).Order()];
        Lookup[] lookups = [.. ended.Select(static lookup => lookup.Lookup)];
        double share = 100.0 * found / ended.Count;
        output.WriteLine(
            $"{what}: {model.Up.Count} nodes, {found} of {ended.Count} lookups succeed ({share:f1} %); "
            + $"hops mean {lookups.Average(static lookup => lookup.Hops):f1}, "
            + $"most {lookups.Max(static lookup => lookup.Hops)}; "
            + $"questions mean {lookups.Average(static lookup => lookup.Queries):f0}; "
            + $"ms p50 {times[times.Length / 2]:f0}, p99 {times[times.Length * 99 / 100]:f0}; nodes known mean "
            + $"{model.Up.Where(static node => node.Sybils is null).Average(static node => node.Table.Count):f0}");
    }
}
