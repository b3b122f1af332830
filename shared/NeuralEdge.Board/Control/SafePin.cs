using System;
using NeuralEdge.Board.Chips;

namespace NeuralEdge.Board.Control
{
    /// <summary>An output pin a model may use, the level at which nothing runs, and how long its load may run.</summary>
    public sealed class SafePin
    {
        /// <summary>Names a pin.</summary>
        /// <param name="pin">GPIO number, 0..63.</param>
        /// <param name="activeLow">True when the load runs at the low level, so that high is the safe one.</param>
        public SafePin(int pin, bool activeLow)
        {
            Pin = pin;
            ActiveLow = activeLow;
            Load = new LoadState();
        }

        /// <summary>Names several pins that are alike.</summary>
        /// <param name="pins">GPIO numbers as in <see cref="PinList"/>, "18 19 21-23".</param>
        /// <param name="activeLow">True when their loads run at the low level.</param>
        /// <returns>The pins, in the order of the list.</returns>
        public static SafePin[] All(string pins, bool activeLow)
        {
            int[] numbers = PinList.Expand(pins);
            SafePin[] all = new SafePin[numbers.Length];
            for (int i = 0; i < all.Length; i++)
            {
                all[i] = new SafePin(numbers[i], activeLow);
            }

            return all;
        }

        /// <summary>Names all pins of a list but two, which something else has.</summary>
        /// <param name="first">A pin that is left out; one that is not in the list changes nothing.</param>
        /// <param name="second">Another one.</param>
        /// <param name="pins">GPIO numbers as in <see cref="PinList"/>, "18 19 21-23".</param>
        /// <param name="activeLow">True when their loads run at the low level.</param>
        /// <returns>The pins, in the order of the list.</returns>
        public static SafePin[] AllBut(int first, int second, string pins, bool activeLow)
        {
            int[] numbers = PinList.Expand(pins);
            string left = "";
            for (int i = 0; i < numbers.Length; i++)
            {
                left += numbers[i] == first || numbers[i] == second ? "" : " " + numbers[i].ToString();
            }

            return All(left.Trim(), activeLow);
        }

        /// <summary>GPIO number.</summary>
        public int Pin { get; }

        /// <summary>True when the load runs at the low level.</summary>
        public bool ActiveLow { get; }

        /// <summary>What the load does.</summary>
        public LoadState Load { get; }

        /// <summary>Longest time on in milliseconds, 0 for no limit of the board's.</summary>
        public int MaxOnMs { get; private set; }

        /// <summary>Time off after the longest time on in milliseconds; 0 until the model has asked for off.</summary>
        public int RestMs { get; private set; }

        /// <summary>Limits how long the load may run, whatever a model says; a model may only be stricter.</summary>
        /// <param name="maxOnMs">Longest time on in milliseconds, above 0.</param>
        /// <param name="restMs">Time off after that in milliseconds; 0 until the model has asked for off.</param>
        /// <returns>This object, to chain calls.</returns>
        /// <exception cref="ArgumentException">The longest time is not above 0, or the rest is below.</exception>
        public SafePin AtMost(int maxOnMs, int restMs = 0)
        {
            if (maxOnMs <= 0 || restMs < 0)
            {
                throw new ArgumentException("a limit that is none");
            }

            MaxOnMs = maxOnMs;
            RestMs = restMs;
            return this;
        }
    }
}
