namespace NeuralEdge.Board.Chips
{
    /// <summary>
    /// Lists of pins as people write them, "18 19 21-23": single numbers and ranges, in the order that counts. They stay text, for a
    /// board looks at them once, at its start.
    /// </summary>
    public static class PinList
    {
        /// <summary>Whether a pin is in a list.</summary>
        /// <param name="list">The list, may be empty.</param>
        /// <param name="pin">GPIO number.</param>
        /// <returns>True when it is.</returns>
        public static bool Has(string list, int pin)
        {
            int at = 0;
            while (at < list.Length)
            {
                int first = ReadRange(list, ref at, out int last);
                if (pin >= first && pin <= last)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>The pins of a list, in its order.</summary>
        /// <param name="list">The list, may be empty.</param>
        /// <returns>GPIO numbers.</returns>
        public static int[] Expand(string list)
        {
            int count = 0;
            int at = 0;
            while (at < list.Length)
            {
                int first = ReadRange(list, ref at, out int last);
                count += last - first + 1;
            }

            int[] pins = new int[count];
            count = 0;
            at = 0;
            while (at < list.Length)
            {
                int first = ReadRange(list, ref at, out int last);
                for (int pin = first; pin <= last; pin++)
                {
                    pins[count] = pin;
                    count++;
                }
            }

            return pins;
        }

        /// <summary>Reads one entry and the space behind it.</summary>
        private static int ReadRange(string list, ref int at, out int last)
        {
            int first = ReadNumber(list, ref at);
            last = first;
            if (at < list.Length && list[at] == '-')
            {
                at++;
                last = ReadNumber(list, ref at);
            }

            at++;
            return first;
        }

        private static int ReadNumber(string list, ref int at)
        {
            int number = 0;
            while (at < list.Length && list[at] >= '0' && list[at] <= '9')
            {
                number = (number * 10) + (list[at] - '0');
                at++;
            }

            return number;
        }
    }
}
