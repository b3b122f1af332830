using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Control;
using NeuralEdge.Models;

namespace NeuralEdge.Tests.Control;

/// <summary>Thresholds, hysteresis and minimum times, exhaustively on small ranges.</summary>
[TestClass]
public sealed class OutputRuleTests
{
    private const long Millisecond = 1000;

    [TestMethod]
    public void HysteresisSwitchesAtTheThresholdsAndNowhereElse()
    {
        for (int on = -3; on <= 3; on++)
        {
            for (int off = -3; off <= 3; off++)
            {
                for (int path = 0; path < 9 * 9 * 9; path++)
                {
                    OutputRule rule = new(new LoadState(), Binding(on, off, 0, 0), 0, 0);
                    bool expected = false;
                    for (int step = 0, rest = path; step < 3; step++, rest /= 9)
                    {
                        int value = (rest % 9) - 4;

                        // The definition, said the other way round: which values decide, whatever the state.
                        bool decidesOn = on >= off ? value >= on : value <= on;
                        bool decidesOff = on == off ? value < on : on > off ? value <= off : value >= off;
                        expected = decidesOn || (!decidesOff && expected);
                        rule.Ask(value);
                        Follow(rule, step + 1);
                        Assert.AreEqual(expected, rule.Load.IsOn, $"on {on} off {off} path {path} step {step}");
                    }
                }
            }
        }
    }

    [TestMethod]
    public void MinimumTimesHoldForEveryPatternOfWishesAndNothingIsHeldLonger()
    {
        for (int minOn = 0; minOn <= 4; minOn++)
        {
            for (int minOff = 0; minOff <= 4; minOff++)
            {
                for (int wishes = 0; wishes < 1 << 10; wishes++)
                {
                    OutputRule rule = new(new LoadState(), Binding(1, 1, minOn, minOff), 0, 0);
                    bool state = false;
                    int age = 0;
                    for (int t = 1; t <= 10; t++)
                    {
                        bool wish = ((wishes >> (t - 1)) & 1) != 0;
                        age++;
                        bool mayChange = age >= (state ? minOn : minOff);
                        if (wish != state && mayChange)
                        {
                            state = wish;
                            age = 0;
                        }

                        Follow(rule, wish, t * Millisecond);
                        Assert.AreEqual(state, rule.Load.IsOn, $"minimum {minOn}/{minOff}, wishes {wishes}, time {t}");
                    }
                }
            }
        }
    }

    [TestMethod]
    public void ReleaseBreaksTheMinimumOnTimeAndStartsTheOffTime()
    {
        OutputRule rule = new(new LoadState(), Binding(1, 1, 1000, 50), 0, 0);
        Assert.IsTrue(Follow(rule, true, 50 * Millisecond));
        rule.Load.Release(60 * Millisecond);
        Assert.IsFalse(rule.Load.IsOn);
        Assert.IsFalse(Follow(rule, true, 109 * Millisecond));
        Assert.IsTrue(Follow(rule, true, 110 * Millisecond));
    }

    // The definition, written as a table of moments: on for at most so long, then off until off was asked for, or for the rest.
    [TestMethod]
    public void TheLongestTimeOnAndTheRestHoldForEveryPatternOfWishes()
    {
        for (int maxOn = 1; maxOn <= 4; maxOn++)
        {
            for (int restTime = 0; restTime <= 4; restTime++)
            {
                for (int minOff = 0; minOff <= 2; minOff++)
                {
                    for (int wishes = 0; wishes < 1 << 10; wishes++)
                    {
                        OutputRule rule = new(new LoadState(), Binding(1, 1, 0, minOff), maxOn, restTime);
                        bool state = false;
                        bool resting = false;
                        int age = 0;
                        for (int t = 1; t <= 10; t++)
                        {
                            bool wish = ((wishes >> (t - 1)) & 1) != 0;
                            age++;
                            if (state && (!wish || age >= maxOn))
                            {
                                resting = wish;
                                state = false;
                                age = 0;
                            }
                            else if (!state)
                            {
                                resting &= restTime == 0 ? wish : age < restTime;
                                if (wish && !resting && age >= minOff)
                                {
                                    state = true;
                                    age = 0;
                                }
                            }

                            Follow(rule, wish, t * Millisecond);
                            Assert.AreEqual((state, resting), (rule.Load.IsOn, rule.Load.IsResting), $"{maxOn} on, rest {restTime}, off {minOff}, wishes {wishes}, time {t}");
                        }
                    }
                }
            }
        }
    }

    /// <summary>What a board does with one output in a period.</summary>
    internal static bool Follow(OutputRule rule, bool wanted, long now)
    {
        rule.Ask(wanted);
        return Follow(rule, now);
    }

    private static bool Follow(OutputRule rule, long now)
    {
        bool changed = rule.GoOff(now);
        if (!changed && rule.MayGoOn(now))
        {
            rule.Load.GoOn(now);
            changed = true;
        }

        return changed;
    }

    private static OutputBinding Binding(int on, int off, int minOnMs, int minOffMs) =>
        new(OutputBinding.RuleThreshold, 18, false, on, off, minOnMs, minOffMs);
}
