using BlockMesh.Chain;
using BlockMesh.Storage;
using NBitcoin;

namespace BlockMesh.Tests.Chain;

public sealed class TransactionPoolTests : IDisposable
{
    private static readonly Key Miner = new([.. Enumerable.Repeat((byte)1, 32)]);

    private readonly ChainStore _chain = ChainStore.InMemory(BlockBuilder.Rules);
    private readonly TransactionPool _pool;
    private readonly List<Transaction> _coinbases = [];

    public TransactionPoolTests()
    {
        _pool = new TransactionPool(_chain, BlockBuilder.Rules);
        Append(Network.RegTest.GetGenesis());
    }

    public void Dispose() => _chain.Dispose();

    [Fact]
    public void The_real_transaction_spends_what_block_170_made()
    {
        using ChainStore chain = ChainStore.InMemory(ChainRules.Mainnet);
        var pool = new TransactionPool(chain, ChainRules.Mainnet);
        chain.AppendHeaders(RealChain.FirstHeaders(176).Span);
        foreach (ReadOnlyMemory<byte> block in RealChain.Data.Blocks.Take(170))
        {
            chain.AppendBlock(block);
        }

        Assert.Equal(TransactionVerdict.MissingOutput, pool.Add(RealChain.Data.Transaction.Span));
        chain.AppendBlock(RealChain.Data.Blocks[170]);
        Assert.Equal(TransactionVerdict.Accepted, pool.Add(RealChain.Data.Transaction.Span));
        Assert.Equal("a16f3ce4dd5deb92d98ef5cf8afeaf0775ebca408f708b2146c4fb42b41e14be", $"{Assert.Single(pool.Ids)}");
        Assert.Equal(TransactionVerdict.Known, pool.Add(RealChain.Data.Transaction.Span));
    }

    [Fact]
    public void Every_flipped_bit_of_the_real_transaction_is_refused()
    {
        using ChainStore chain = ChainStore.InMemory(ChainRules.Mainnet);
        var pool = new TransactionPool(chain, ChainRules.Mainnet);
        chain.AppendHeaders(RealChain.FirstHeaders(176).Span);
        Assert.All(RealChain.Data.Blocks, block => chain.AppendBlock(block));

        // Only one bit of each byte is changed, because a signature check takes long.
        for (int i = 0; i < RealChain.Data.Transaction.Length; i++)
        {
            Assert.NotEqual(
                TransactionVerdict.Accepted, pool.Add(BitFlip.In(RealChain.Data.Transaction, (8 * i) + (i % 8))));
        }
    }

    [Fact]
    public void Bytes_that_are_no_transaction_to_relay_are_refused()
    {
        MineMature(1);
        Assert.Equal(TransactionVerdict.Malformed, _pool.Add([]));
        Assert.Equal(TransactionVerdict.Malformed, _pool.Add(new byte[ChainFormat.MaxTransactionSize + 1]));
        Assert.Equal(TransactionVerdict.Malformed, _pool.Add([.. Pay(_coinbases[0]).ToBytes(), 0]));
        Assert.Equal(TransactionVerdict.BadForm, _pool.Add(_coinbases[0].ToBytes()));
        Assert.Equal(TransactionVerdict.BadForm, _pool.Add(Pay(_coinbases[0], repeat: true).ToBytes()));
        Assert.Empty(_pool.Ids);
    }

    [Fact]
    public void A_coinbase_is_spent_after_a_hundred_blocks()
    {
        MineMature(1);
        Assert.Equal(TransactionVerdict.ImmatureOutput, _pool.Add(Pay(_coinbases[1]).ToBytes()));
        Mine();
        Assert.Equal(TransactionVerdict.Accepted, _pool.Add(Pay(_coinbases[1]).ToBytes()));
    }

    [Fact]
    public void A_transaction_without_funds_or_signature_is_refused()
    {
        MineMature(1);
        Transaction overspent = Pay(_coinbases[0], Money.Coins(50) + Money.Satoshis(1));
        Transaction forged = Pay(_coinbases[0], key: new Key());

        Assert.Equal(TransactionVerdict.Overspent, _pool.Add(overspent.ToBytes()));
        Assert.Equal(TransactionVerdict.BadSignature, _pool.Add(forged.ToBytes()));
        Assert.Empty(_pool.Ids);
    }

    [Fact]
    public void Of_two_conflicting_transactions_the_first_stays()
    {
        MineMature(1);
        Transaction first = Pay(_coinbases[0]);
        Assert.Equal(TransactionVerdict.Accepted, _pool.Add(first.ToBytes()));
        Assert.Equal(TransactionVerdict.DoubleSpend, _pool.Add(Pay(_coinbases[0], Money.Coins(1)).ToBytes()));
        Assert.Equal([first.GetHash()], _pool.Ids);
    }

    [Fact]
    public void A_block_removes_its_transactions_and_conflicting_ones()
    {
        MineMature(2);
        Transaction held = Pay(_coinbases[0]);
        Transaction contradicted = Pay(_coinbases[1]);
        Assert.Equal(TransactionVerdict.Accepted, _pool.Add(held.ToBytes()));
        Assert.Equal(TransactionVerdict.Accepted, _pool.Add(contradicted.ToBytes()));

        Mine(held, Pay(_coinbases[1], Money.Coins(1)));
        Assert.Empty(_pool.Ids);
        Assert.Equal(TransactionVerdict.MissingOutput, _pool.Add(held.ToBytes()));
        Assert.Equal(TransactionVerdict.MissingOutput, _pool.Add(contradicted.ToBytes()));
    }

    [Fact]
    public void A_full_pool_accepts_none_until_a_block_makes_room()
    {
        MineMature(1);
        Transaction split = Pay(_coinbases[0], Money.Coins(0.01m), outputs: TransactionPool.MaxCount + 1);
        Mine(split);
        Transaction[] payments = [.. Enumerable.Range(0, TransactionPool.MaxCount + 1)
            .Select(i => Pay(split, Money.Coins(0.001m), output: i))];
        foreach (Transaction payment in payments[..^1])
        {
            Assert.Equal(TransactionVerdict.Accepted, _pool.Add(payment.ToBytes()));
        }

        Assert.Equal(TransactionVerdict.PoolFull, _pool.Add(payments[^1].ToBytes()));
        Mine(payments[0]);
        Assert.Equal(TransactionVerdict.Accepted, _pool.Add(payments[^1].ToBytes()));
        Assert.Equal(TransactionPool.MaxCount, _pool.Ids.Count);
    }

    // Mines this number of coinbases that the miner may spend now.
    private void MineMature(int count)
    {
        for (int i = 0; i < count + BlockBuilder.Rules.Network.Consensus.CoinbaseMaturity - 1; i++)
        {
            Mine();
        }
    }

    private void Mine(params Transaction[] transactions)
    {
        Transaction coinbase = Network.RegTest.CreateTransaction();

        // The height makes each coinbase a different transaction.
        coinbase.Inputs.Add(
            new TxIn(new OutPoint()) { ScriptSig = new Script(Op.GetPushOp(_chain.BlockCount), OpcodeType.OP_0) });
        coinbase.Outputs.Add(Money.Coins(50), Miner.PubKey.ScriptPubKey);
        _coinbases.Add(coinbase);
        BlockHeader tip = ChainFormat.ReadHeader(_chain.ReadHeaders(_chain.HeaderCount - 1, 1).Span, Network.RegTest);
        Append(BlockBuilder.Mine(tip.GetHash(), [coinbase, .. transactions]));
    }

    private void Append(Block block)
    {
        Assert.Equal(HeaderVerdict.Accepted, _chain.AppendHeaders(block.Header.ToBytes()).Verdict);
        Assert.Equal(BlockVerdict.Valid, _chain.AppendBlock(block.ToBytes()));
    }

    private static Transaction Pay(
        Transaction spent, Money? amount = null, Key? key = null, int output = 0, int outputs = 1, bool repeat = false)
    {
        Transaction transaction = Network.RegTest.CreateTransaction();
        var coin = new Coin(spent, (uint)output);
        transaction.Inputs.Add(coin.Outpoint);
        for (int i = 0; i < outputs; i++)
        {
            transaction.Outputs.Add(amount ?? Money.Coins(10), Miner.PubKey.ScriptPubKey);
        }

        if (repeat)
        {
            transaction.Inputs.Add(coin.Outpoint);
        }

        TransactionSignature signature = transaction.Inputs.AsIndexedInputs().First().Sign(
            key ?? Miner, coin, new SigningOptions());
        transaction.Inputs[0].ScriptSig = PayToPubkeyTemplate.Instance.GenerateScriptSig(signature);
        return transaction;
    }
}
