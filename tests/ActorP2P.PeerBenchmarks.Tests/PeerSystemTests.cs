namespace ActorP2P.PeerBenchmarks.Tests;

public class PeerSystemTests
{
    private const int Length = 1024;
    private const int Messages = 50;
    private const int Receivers = 3;

    // Nothing here takes a second; a minute means that something hangs.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Systems => new(PeerSystem.All.Select(static system => system.Name));

    public static TheoryData<string> TellingEach =>
        new(PeerSystem.All.Where(static system => system.TellsEach).Select(static system => system.Name));

    [Theory]
    [MemberData(nameof(Systems))]
    public Task Everything_sent_one_way_arrives(string name) => WithBothSidesAsync(name, async (near, contender) =>
    {
        await near.ConnectAsync(Length);
        await contender.SendAsync(Arrivals.Payload(Length), Messages);
        await near.UntilArrivedAsync(Messages);
    });

    [Theory]
    [MemberData(nameof(Systems))]
    public Task A_message_of_64_KiB_arrives(string name) => WithBothSidesAsync(name, async (near, contender) =>
    {
        await near.ConnectAsync(64 * 1024);
        await contender.SendAsync(Arrivals.Payload(64 * 1024), 2);
        await near.UntilArrivedAsync(2);
    });

    [Theory]
    [MemberData(nameof(Systems))]
    public Task An_answer_has_the_bytes_of_its_question(string name) => WithBothSidesAsync(
        name, async (near, contender) =>
        {
            await near.ConnectAsync(Length);
            byte[] question = [.. Enumerable.Range(0, Length).Select(static i => (byte)i)];

            ReadOnlyMemory<byte> answer = await contender.AskAsync(question);

            Assert.Equal(question, answer.ToArray());
        });

    [Theory]
    [MemberData(nameof(Systems))]
    public Task Each_of_many_asks_is_answered(string name) => WithBothSidesAsync(name, async (near, contender) =>
    {
        await near.ConnectAsync(Length);

        long answers = await contender.AskManyAsync(Arrivals.Payload(32), 8, TimeSpan.FromMilliseconds(20));

        Assert.True(answers >= 8, $"{answers} answers");
    });

    [Theory]
    [MemberData(nameof(Systems))]
    public Task Each_receiver_gets_all_that_is_published(string name) => WithBothSidesAsync(
        name, async (near, contender) =>
        {
            await JoinAsync(near);
            await contender.PublishAsync(Arrivals.Payload(Length), Messages);
            await near.UntilArrivedAsync(Messages);
        });

    [Theory]
    [MemberData(nameof(TellingEach))]
    public Task Each_receiver_gets_all_that_it_is_told(string name) => WithBothSidesAsync(
        name, async (near, contender) =>
        {
            await JoinAsync(near);
            await contender.TellEachAsync(Arrivals.Payload(Length), Messages);
            await near.UntilArrivedAsync(Messages);
        });

    [Fact]
    public Task A_wrong_message_is_found() => WithBothSidesAsync(
        PeerSystem.Baseline, async (near, contender) =>
        {
            await near.ConnectAsync(Length);
            await contender.SendAsync(new byte[Length], 1);

            await Assert.ThrowsAsync<InvalidOperationException>(() => near.UntilArrivedAsync(1));
        });

    private static async Task JoinAsync(Near near)
    {
        string hub = await near.Contender.OpenHubAsync();
        await near.JoinAsync(hub, Length, Receivers);
        await near.Contender.UntilJoinedAsync(Receivers);
    }

    // Both sides are in this process here. The test itself runs on the thread pool, as the benchmarks do.
    private static async Task WithBothSidesAsync(string name, Func<Near, Contender, Task> run)
    {
        PeerSystem system = PeerSystem.Find(name)!;
        FarHost far = new(system);
        await Task.Run(async () =>
        {
            await using Near near = new(system, far.ObeyAsync);
            await run(near, near.Contender);
        }).WaitAsync(s_patience);
    }
}
