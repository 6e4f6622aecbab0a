namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// Runs a fixed number of inputs for each target, the same in every run. The benchmarks program runs the same targets
/// for any length of time. A failure prints its seed and its input; add the input to the corpus.
/// </summary>
public class FuzzTests
{
    private static readonly string CorpusDirectory = Path.Combine(AppContext.BaseDirectory, "Corpus");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Frames_survive_any_bytes(int seed) => Run(new FrameTarget(), seed, 20_000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Tagged_values_survive_any_bytes(int seed) => Run(new TagTarget(), seed, 20_000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Hellos_survive_any_bytes(int seed) => Run(new HelloTarget(), seed, 5000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Records_survive_any_bytes(int seed) => Run(new RecordTarget(), seed, 5000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Messages_of_the_hash_table_survive_any_bytes(int seed) => Run(new DhtTarget(), seed, 5000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Reassembly_survives_any_fragments(int seed) => Run(new ReassemblyTarget(), seed, 10_000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Sessions_survive_any_peer(int seed) => Run(new SessionTarget(), seed, 1500);

    [Fact]
    public void A_broken_promise_is_found_and_its_seed_and_input_are_named()
    {
        FuzzException found = Assert.Throws<FuzzException>(
            () => new FuzzEngine(new Crashing(), []).Run(77, taken => taken < 10_000));
        Assert.Contains("seed 77", found.Message, StringComparison.Ordinal);
        Assert.IsType<IndexOutOfRangeException>(found.InnerException);
    }

    [Fact]
    public void An_input_that_allocates_too_much_is_found() => Assert.Contains(
        "were allocated",
        Assert.Throws<FuzzException>(() => new FuzzEngine(new Hoarding(), []).Run(1, taken => taken < 10)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_seed_repeats_its_run()
    {
        Recording first = new();
        Recording second = new();
        new FuzzEngine(first, [[1, 2, 3]]).Run(5, taken => taken < 500);
        new FuzzEngine(second, [[1, 2, 3]]).Run(5, taken => taken < 500);
        Assert.Equal(first.Inputs, second.Inputs);
    }

    private static void Run(IFuzzTarget target, int seed, int inputs)
    {
        IReadOnlyList<byte[]> corpus = Corpus.Load(CorpusDirectory, target.Name);
        Assert.NotEmpty(corpus);
        Assert.Equal(inputs, new FuzzEngine(target, corpus).Run(seed, taken => taken < inputs));
    }

    private abstract class Target : IFuzzTarget
    {
        public string Name => "test";

        public long Allowance => 1_000;

        public byte[] Generate(Random random) => [(byte)random.Next(256), (byte)random.Next(256)];

        public abstract void Execute(ReadOnlyMemory<byte> input);
    }

    private sealed class Crashing : Target
    {
        public override void Execute(ReadOnlyMemory<byte> input)
        {
            if (input.Length > 0 && input.Span[0] == 0x55)
            {
                _ = input.Span[input.Length];
            }
        }
    }

    private sealed class Hoarding : Target
    {
        public override void Execute(ReadOnlyMemory<byte> input) =>
            GC.KeepAlive(new byte[100_000 + (100 * input.Length)]);
    }

    private sealed class Recording : Target
    {
        private readonly byte[][] _inputs = new byte[500][];
        private int _count;

        public IEnumerable<byte[]> Inputs => _inputs;

        public override void Execute(ReadOnlyMemory<byte> input)
        {
            // The first bytes are enough to distinguish two runs, and they fit into the allowance.
            _inputs[_count++] = input.Span[..Math.Min(16, input.Length)].ToArray();
        }
    }
}
