namespace ActorP2P.Protocol.Tests;

public class AddressGroupTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.254", true)]
    [InlineData("192.0.2.1", "192.0.3.1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("one.example", "two.example", false)]
    public void Addresses_of_one_operator_are_one_group(string one, string other, bool same) =>
        Assert.Equal(same, AddressGroup.Of(one) == AddressGroup.Of(other));
}
