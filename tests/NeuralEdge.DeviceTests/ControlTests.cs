using nanoFramework.TestFramework;
using NeuralEdge.Board.Control;
using NeuralEdge.Models;

namespace NeuralEdge.DeviceTests
{
    /// <summary>The rules between a network's output and a pin, on whatever runs these tests.</summary>
    [TestClass]
    public class ControlTests
    {
        [TestMethod]
        public void HysteresisHoldsBetweenTheThresholds()
        {
            OutputRule rule = new OutputRule(new LoadState(), new OutputBinding(OutputBinding.RuleThreshold, 18, false, 60, 40, 0, 0), 0, 0);
            int[] values = new int[] { 59, 60, 41, 40, 59, 60, -2147483648, 2147483647 };
            bool[] states = new bool[] { false, true, true, false, false, true, false, true };
            for (int i = 0; i < values.Length; i++)
            {
                rule.Ask(values[i]);
                Follow(rule, i);
                Assert.AreEqual(states[i], rule.Load.IsOn);
            }
        }

        [TestMethod]
        public void ThresholdsTurnedRoundSwitchOnAtLowValues()
        {
            OutputRule rule = new OutputRule(new LoadState(), new OutputBinding(OutputBinding.RuleThreshold, 18, false, -40, 60, 0, 0), 0, 0);
            int[] values = new int[] { -39, -40, 59, 60, 0, -41 };
            bool[] states = new bool[] { false, true, true, false, false, true };
            for (int i = 0; i < values.Length; i++)
            {
                rule.Ask(values[i]);
                Follow(rule, i);
                Assert.AreEqual(states[i], rule.Load.IsOn);
            }
        }

        [TestMethod]
        public void MinimumTimesAreKeptToTheMicrosecondAlsoAfterYears()
        {
            // Ten years in microseconds: far beyond 32 bits.
            long now = 315576000000000L;
            OutputRule rule = new OutputRule(new LoadState(), new OutputBinding(OutputBinding.RuleThreshold, 18, false, 1, 1, 2147483647, 1000), 0, 0);
            rule.Begin(now);
            Assert.IsFalse(Follow(rule, true, now + 999999));
            Assert.IsTrue(Follow(rule, true, now + 1000000));
            Assert.IsFalse(Follow(rule, false, now + 1000000 + 2147483646999L));
            Assert.IsTrue(Follow(rule, false, now + 1000000 + 2147483647000L));
        }

        [TestMethod]
        public void ALoadThatIsStillWantedAfterItsLongestTimeOnRests()
        {
            long now = 315576000000000L;
            OutputRule rule = new OutputRule(new LoadState(), new OutputBinding(OutputBinding.RuleThreshold, 18, false, 1, 1, 0, 0), 86400000, 0);
            Assert.IsTrue(Follow(rule, true, now));
            Assert.IsFalse(Follow(rule, true, now + 86399999999L));
            Assert.IsTrue(Follow(rule, true, now + 86400000000L));
            Assert.IsFalse(rule.Load.IsOn);
            Assert.IsTrue(rule.Load.IsResting);
            Assert.IsFalse(Follow(rule, true, now + 186400000000L));
            Follow(rule, false, now + 186400000001L);
            Assert.IsTrue(Follow(rule, true, now + 186400000002L));
        }

        [TestMethod]
        public void PeriodsLieOnAFixedGridAndLateOnesAreCounted()
        {
            PeriodSchedule schedule = new PeriodSchedule(100, 5000);
            Assert.AreEqual(0L, schedule.Remaining(5000));
            schedule.Advance(5000);
            Assert.AreEqual(100000L, schedule.Remaining(5000));
            schedule.Advance(204999);
            Assert.AreEqual(0u, schedule.Missed);
            Assert.AreEqual(1L, schedule.Remaining(204999));
            schedule.Advance(505000);
            Assert.AreEqual(3u, schedule.Missed);
            Assert.AreEqual(100000L, schedule.Remaining(505000));
        }

        [TestMethod]
        public void ACorrectionBendsCountsThroughItsTwoPoints()
        {
            AdcChannelSettings settings = new AdcChannelSettings(6).Correct(210, 372, 2950, 3103);
            Assert.AreEqual(16330, settings.Gain);
            Assert.AreEqual(210, settings.MeasuredCount);
            Assert.AreEqual(372, settings.TrueCount);
            Assert.AreEqual(16384, new AdcChannelSettings(6).Correct(10, 20, 10, 30).Gain);
        }

        [TestMethod]
        public void ASliceThatOnceWasSlowIsNotBegunShortlyBeforeAnInference()
        {
            SliceBudget budget = new SliceBudget();
            Assert.IsTrue(budget.Fits(1));
            budget.Learn(12000);
            Assert.IsFalse(budget.Fits(12000));
            Assert.IsTrue(budget.Fits(12001));
            for (int i = 0; i < 2000; i++)
            {
                budget.Learn(50);
            }

            Assert.IsFalse(budget.Fits(50));
            Assert.IsTrue(budget.Fits(51));
        }

        [TestMethod]
        public void ASlowFlashWriteIsForgottenWhileNothingIsWritten()
        {
            SliceBudget budget = new SliceBudget();
            budget.Learn(400000);
            int periods = 0;
            while (budget.Count(50000) == 0)
            {
                budget.Forget();
                periods++;
                Assert.IsTrue(periods < 100, "the link would wait for ever");
            }

            Assert.IsTrue(periods > 10, "forgotten at once");
        }

        /// <summary>What a board does with one output in a period.</summary>
        private static bool Follow(OutputRule rule, bool wanted, long now)
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
    }
}
