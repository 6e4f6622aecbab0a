using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>The chain data of a source, as read from its files.</summary>
/// <remarks>
/// Nothing is verified here. The nodes that receive from a source must detect wrong or damaged data, and the tests
/// change these data to check that they do.
/// </remarks>
public sealed record SourceData
{
    /// <summary>The file of headers, 80 bytes each.</summary>
    public const string HeadersFile = "mainnet-headers-0-10236.bin";

    /// <summary>The file of blocks, one line of hexadecimal digits each.</summary>
    public const string BlocksFile = "mainnet-blocks-0-175.hex";

    /// <summary>The file of the block that is broadcast.</summary>
    public const string LargeBlockFile = "block_866342.raw";

    /// <summary>The file of the transaction that is broadcast, one line of hexadecimal digits.</summary>
    public const string TransactionFile = "transaction-of-block-181.hex";

    /// <summary>The headers, concatenated.</summary>
    public required ReadOnlyMemory<byte> Headers { get; init; }

    /// <summary>The blocks by height.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Blocks { get; init; }

    /// <summary>The block to broadcast.</summary>
    public required ReadOnlyMemory<byte> LargeBlock { get; init; }

    /// <summary>The transaction to broadcast; it spends an output of the blocks.</summary>
    public required ReadOnlyMemory<byte> Transaction { get; init; }

    /// <summary>The directory of the data if the program is given none: the one next to the program.</summary>
    public static string DefaultDirectory => Path.Combine(AppContext.BaseDirectory, "Data");

    /// <summary>Reads the four files.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// A file does not contain whole headers, or does not contain hexadecimal digits.
    /// </exception>
    public static SourceData Load(string directory)
    {
        byte[] headers = File.ReadAllBytes(Path.Combine(directory, HeadersFile));
        if (headers.Length % BlockHeader.Size != 0)
        {
            throw new InvalidDataException(
                $"{HeadersFile} has {headers.Length} bytes, which is no whole number of headers.");
        }

        return new SourceData
        {
            Headers = headers,
            Blocks = ReadHex(directory, BlocksFile),
            LargeBlock = File.ReadAllBytes(Path.Combine(directory, LargeBlockFile)),
            Transaction = ReadHex(directory, TransactionFile)[0],
        };
    }

    private static List<ReadOnlyMemory<byte>> ReadHex(string directory, string file)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        foreach (string line in File.ReadLines(Path.Combine(directory, file)))
        {
            try
            {
                lines.Add(Convert.FromHexString(line));
            }
            catch (FormatException e)
            {
                throw new InvalidDataException($"{file}, line {lines.Count + 1}: {e.Message}", e);
            }
        }

        return lines.Count > 0 ? lines : throw new InvalidDataException($"{file} is empty.");
    }
}
