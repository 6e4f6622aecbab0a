namespace BlockMesh.Chain;

/// <summary>The chain data a source holds, as they lie on disk.</summary>
/// <remarks>
/// Nothing is verified here: a source that lies or whose disk failed must be found out by those who receive from it, and the
/// tests alter these data to see that it is.
/// </remarks>
public sealed record SourceData
{
    /// <summary>The file of headers, 80 bytes each.</summary>
    public const string HeadersFile = "mainnet-headers-0-10236.bin";

    /// <summary>The file of blocks, a line of hex each.</summary>
    public const string BlocksFile = "mainnet-blocks-0-175.hex";

    /// <summary>The file of the block that is broadcast.</summary>
    public const string LargeBlockFile = "block_866342.raw";

    /// <summary>The headers, one after the other.</summary>
    public required ReadOnlyMemory<byte> Headers { get; init; }

    /// <summary>The blocks by height.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Blocks { get; init; }

    /// <summary>The block to broadcast.</summary>
    public required ReadOnlyMemory<byte> LargeBlock { get; init; }

    /// <summary>Where the data lie when the program is not told: beside it.</summary>
    public static string DefaultDirectory => Path.Combine(AppContext.BaseDirectory, "Data");

    /// <summary>Reads the three files.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not made of whole headers, or not of hex.</exception>
    public static SourceData Load(string directory)
    {
        byte[] headers = File.ReadAllBytes(Path.Combine(directory, HeadersFile));
        if (headers.Length % BlockHeader.Size != 0)
        {
            throw new InvalidDataException($"{HeadersFile} has {headers.Length} bytes, which is no whole number of headers.");
        }

        return new SourceData
        {
            Headers = headers,
            Blocks = ReadBlocks(Path.Combine(directory, BlocksFile)),
            LargeBlock = File.ReadAllBytes(Path.Combine(directory, LargeBlockFile)),
        };
    }

    private static List<ReadOnlyMemory<byte>> ReadBlocks(string path)
    {
        var blocks = new List<ReadOnlyMemory<byte>>();
        foreach (string line in File.ReadLines(path))
        {
            try
            {
                blocks.Add(Convert.FromHexString(line));
            }
            catch (FormatException e)
            {
                throw new InvalidDataException($"{BlocksFile}, line {blocks.Count + 1}: {e.Message}", e);
            }
        }

        return blocks;
    }
}
