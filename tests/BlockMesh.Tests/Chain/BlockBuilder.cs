using BlockMesh.Chain;
using NBitcoin;
using NBitcoin.Crypto;

namespace BlockMesh.Tests.Chain;

/// <summary>Makes small blocks of Bitcoin's regression-test network, whose target half of all hashes meet.</summary>
internal static class BlockBuilder
{
    public static ChainRules Rules { get; } = new() { Name = "easy", Network = Network.RegTest, MaxHeaders = 1_000 };

    /// <summary>A coinbase with the given output scripts, and with witness items if there are any.</summary>
    public static Transaction Coinbase(byte[][] scripts, byte[][]? witness = null) =>
        Make(new OutPoint(), scripts, witness);

    /// <summary>A payment that spends an output of the transaction whose id is <paramref name="spent"/>.</summary>
    public static Transaction Payment(uint spent, byte[][]? witness = null) =>
        Make(new OutPoint(new uint256(spent), 0), [[0x51]], witness);

    /// <summary>The script of a witness commitment.</summary>
    public static byte[] Commitment(uint256 root, byte[] reserved) =>
        [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed, .. Hashes.DoubleSHA256([.. root.ToBytes(), .. reserved]).ToBytes()];

    /// <summary>A block with the root of its transactions and enough work.</summary>
    public static Block Mine(params Transaction[] transactions) => Mine(uint256.Zero, transactions);

    /// <summary>A block on top of another one.</summary>
    public static Block Mine(uint256 previous, params Transaction[] transactions)
    {
        Block block = Network.RegTest.Consensus.ConsensusFactory.CreateBlock();
        block.Header.HashPrevBlock = previous;
        block.Header.Bits = Rules.EasiestTarget;
        block.Transactions.AddRange(transactions);
        block.UpdateMerkleRoot();
        while (!block.CheckProofOfWork())
        {
            block.Header.Nonce++;
        }

        return block;
    }

    private static Transaction Make(OutPoint spent, byte[][] scripts, byte[][]? witness)
    {
        Transaction transaction = Network.RegTest.CreateTransaction();
        transaction.Inputs.Add(new TxIn(spent) { WitScript = new WitScript(witness ?? [], @unsafe: true) });
        Array.ForEach(scripts, script => transaction.Outputs.Add(Money.Zero, Script.FromBytesUnsafe(script)));
        return transaction;
    }
}
