namespace ActorP2P.Protocol.Tests;

/// <summary>docs/internals/protocol.md describes every code and no other.</summary>
public class DocumentedCodeTests
{
    private readonly ProtocolDocument _document = new();

    [Fact]
    public void Every_disconnect_reason_is_documented() => Check<DisconnectReason>("Disconnect reasons");

    [Fact]
    public void The_consequences_of_each_reason_are_documented()
    {
        Assert.Equal(Enum.GetValues<DisconnectReason>(), ReasonTable.All.Select(rule => rule.Reason));
        Assert.Equal(
            ReasonTable.All.Select(
                rule => $"{rule.Reason} | {rule.Side} | {rule.Redial} | {rule.Points} | {rule.Text}"),
            _document.Codes("Disconnect reasons").Select(row => $"{row.Name} | {row.Text.TrimEnd(' ', '|')}"));
    }

    [Fact]
    public void Every_request_error_is_documented() => Check<RequestErrorCode>("Request error codes");

    [Fact]
    public void Every_reset_reason_is_documented() => Check<ResetReason>("Reset reasons");

    [Fact]
    public void Every_frame_kind_is_documented() => Check<FrameKind>("Frame kinds");

    [Fact]
    public void Every_gossip_operation_is_documented() => Check<GossipOperation>("Gossip operations");

    [Fact]
    public void Every_credit_class_is_documented() => Check<CreditClass>("Credit classes");

    [Fact]
    public void Every_tag_type_is_documented() => Check<TagType>("Tagged fields");

    [Fact]
    public void Every_lane_is_documented() => Check<Lane>("Lanes");

    [Fact]
    public void Every_feature_bit_is_documented() => Check<HelloFeature>("Features");

    [Fact]
    public void Every_outcome_of_a_provider_is_documented() => Check<ProviderOutcome>("Provider outcomes");

    [Fact]
    public void Every_tag_of_a_hello_is_documented()
    {
        HashSet<int> written = [];
        TagReader tags = new(FakePeer.Encode(FrameVectors.Hello with
        {
            SecretProofs = [new byte[32]], StreamWindow = 65_536, MaxStreams = 64,
        }));
        while (tags.TryRead())
        {
            written.Add((int)tags.Tag);
        }

        Assert.Equal(written.Order(), _document.Codes("Hello fields").Select(row => row.Code).Order());
    }

    private void Check<TEnum>(string heading)
        where TEnum : struct, Enum
    {
        IReadOnlyList<(int Code, string Name, string Text)> rows = _document.Codes(heading);
        Assert.Equal(
            Enum.GetValues<TEnum>().Select(value => (Convert.ToInt32(value, null), value.ToString())).Order(),
            rows.Select(row => (row.Code, row.Name)).Order());
        Assert.All(rows, row => Assert.True(row.Text.Length > 10, row.Name));
    }
}
