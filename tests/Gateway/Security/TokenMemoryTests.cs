using OsstOrleans.Gateway.Security;
using Xunit;

namespace OsstOrleans.Gateway.Tests.Security;

public class TokenMemoryTests
{
    [Fact]
    public void What_is_used_stays_known_through_any_number_of_others()
    {
        var memory = new TokenMemory(most: 10);
        var (used, idle) = (Known("used"), Known("idle"));
        memory.Remember(TokenHash.Of("used"), used);
        memory.Remember(TokenHash.Of("idle"), idle);
        for (var n = 0; n < 1_000; n++)
        {
            memory.Remember(TokenHash.Of($"other-{n}"), Known($"other-{n}"));
            Assert.Same(used, memory.Find(TokenHash.Of("used")));
        }
        Assert.Null(memory.Find(TokenHash.Of("idle")));
    }

    [Fact]
    public void Of_two_tokens_each_has_a_hash_of_its_own_however_long_it_is()
    {
        foreach (var length in (int[])[1, 4_095, 4_096, 4_097, 16_384])
        {
            var token = new string('a', length);
            Assert.Equal(TokenHash.Of(token), TokenHash.Of(token));
            Assert.NotEqual(TokenHash.Of(token), TokenHash.Of(token[1..] + 'b'));
        }
    }

    private static Verified Known(string subject) => new(
        new Identity(new Caller(Role.Researcher, subject, Reach.None), DateTimeOffset.MaxValue), new CallerUse());
}
