# Gini over the years. file_states, file_people: year, Gini; one block a node, line_K its
# name. Both panels share one scale.
stats file_states using 2 name 'A' nooutput
top = (A_max > 0 ? A_max : 0.1)
if (n_panel > 1) { stats file_people using 2 name 'B' nooutput; top = (B_max > top ? B_max : top) }
set multiplot layout 1, n_panel title 'Inequality between countries' \
  margins screen 0.07, screen 0.965, screen 0.14, screen 0.84 spacing screen 0.06, screen 0.1
set yrange [0:1.08 * top]
set ylabel 'Gini coefficient' offset 1.5,0
set key bottom left reverse Left samplen 2
span = year_last - year_first
set xrange [year_first - 0.5:year_last + 0.5]
step = (span > 12 ? 5 : span > 5 ? 2 : 1)
set xtics step
@provisional
set label 1 'Each year of the countries that have a value then, not always the same; years with fewer than 60 % of those of the best-covered year are excluded.' \
  at screen 0.5, screen 0.04 center font ',10' textcolor rgb '#555555'
do for [p = 1:n_panel] {
  file = (p == 1 ? file_states : file_people)
  set title (p == 1 ? 'each country counts once' : 'countries weighted by people') offset 0,-0.4
  plot for [k = 1:n_line] file using 1:2 index k - 1 with linespoints linewidth 2 \
    pointtype 7 pointsize 0.45 linecolor rgb colour(k) title value(sprintf('line_%d', k))
  set ylabel ''
  unset key
  unset label 99
}
unset multiplot
