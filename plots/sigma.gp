# Spread over the years, first year = 100. file_spread1 ... n_panel: year, spread; a block a
# scale, scale_P_K its number, lines_P how many.
set multiplot layout n_row, (n_panel > 1 ? 2 : 1) \
  title 'Sigma convergence: spread of the same countries, first year = 100' \
  margins screen 75.0 / width, screen 0.975, screen 75.0 / height, screen 1 - 128.0 / height \
  spacing screen 85.0 / width, screen 95.0 / height
set key at screen 0.5, screen 1 - 42.0 / height center top horizontal reverse Left samplen 2 width 2
span = year_last - year_first
step = (span > 12 ? 5 : span > 5 ? 2 : 1)
set xtics step
set xrange [year_first - 0.5:year_last + 0.5]
set yrange [0:*]
name_1 = 'in units (level)'; name_2 = 'in proportion (ln)'; name_3 = 'by odds (logit)'
set label 2 'A share that nears its ceiling converges by itself in units and in proportion; by odds it does not.' \
  at screen 0.5, screen 22.0 / height center font ',10' textcolor rgb '#555555'
do for [i = 1:n_panel] {
  spread = value(sprintf('file_spread%d', i))
  set title value(sprintf('panel_%d', i)) offset 0,-0.4
  set ylabel 'standard deviation' offset 1,0
  n = value(sprintf('lines_%d', i))
  plot 100 with lines linecolor rgb '#999999' dashtype 2 notitle, \
    for [k = 1:n] spread using 1:2 index k - 1 with linespoints linewidth 2 pointtype 7 pointsize 0.4 \
      linecolor rgb colour(value(sprintf('scale_%d_%d', i, k))) notitle, \
    for [k = 1:3] NaN with linespoints linewidth 2 pointtype 7 pointsize 0.4 linecolor rgb colour(k) \
      title value(sprintf('name_%d', k))
  unset key
  unset label 2
  unset label 99
}
unset multiplot
