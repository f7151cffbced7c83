# Countries relative to the mean of all. file_lines1 ... n_panel: year, value, a block a club,
# countries parted by blank lines; file_mean1 ...: the clubs' means; key_P_K, clubs_P.
set multiplot layout n_row, (n_panel > 1 ? 2 : 1) \
  title 'Transition paths: trend of each country over the mean of all, by convergence club' \
  margins screen 75.0 / width, screen 0.975, screen 55.0 / height, screen 1 - 85.0 / height \
  spacing screen 85.0 / width, screen 95.0 / height
set key top right reverse Left samplen 2 opaque
span = year_last - year_first
step = (span > 12 ? 5 : span > 5 ? 2 : 1)
set xtics step
set xrange [year_first - 0.5:year_last + 0.5]
set yrange [0:*]
do for [i = 1:n_panel] {
  lines_of = value(sprintf('file_lines%d', i)); mean_of = value(sprintf('file_mean%d', i))
  n = value(sprintf('clubs_%d', i))
  set title value(sprintf('panel_%d', i)) offset 0,-0.4
  set ylabel 'times the mean' offset 1,0
  plot for [k = 1:n] lines_of using 1:2 index k - 1 with lines linewidth 0.5 linecolor rgb '#b0'.colour(k)[2:7] notitle, \
    1 with lines linecolor rgb '#333333' dashtype 2 notitle, \
    for [k = 1:n] mean_of using 1:2 index k - 1 with lines linewidth 3 linecolor rgb colour(k) \
      title value(sprintf('key_%d_%d', i, k))
  unset label 99
}
unset multiplot
