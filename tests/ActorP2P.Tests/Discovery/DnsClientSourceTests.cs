namespace ActorP2P.Tests.Discovery;

/// <summary>Look-ups at a real name server.</summary>
[Collection(SocketsCollection.Name)]
public sealed class DnsClientSourceTests
{
    [Fact]
    public async Task All_records_of_a_name_are_found()
    {
        await using LoopbackDns server = new();
        DnsFindings found = await new DnsClientSource(server.Address).FindAsync(
            new PeerAddress("nodes.example", 7000), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([new PeerAddress("8.8.8.8", 7000), new PeerAddress("9.9.9.9", 7001)], found.Addresses);
        Assert.Equal(["hello world"], found.Texts);
    }
}
